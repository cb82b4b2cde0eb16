using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary>A replacement field of an f-string.</summary>
internal sealed class FieldNode(Expr value, char conversion, Expr? spec) : Expr
{
    public override PyValue Eval(Frame f)
    {
        var buffer = f.Ctx.RentBuffer();
        Write(f, buffer);
        return f.Ctx.TakeStr(buffer);
    }

    public void Write(Frame f, ByteBuffer buffer)
    {
        var ctx = f.Ctx;
        var item = value.Eval(f);
        if (conversion != '\0')
        {
            item = conversion switch
            {
                's' => Text.Str(ctx, item),
                'r' => Text.Repr(ctx, item),
                _ => Text.Ascii(ctx, item),
            };
        }

        if (spec is not null)
        {
            Formatter.Format(ctx, item, ((PyStr)spec.Eval(f).Obj!).ToString(), buffer);
        }
        else if (item.Obj is PyStr text)
        {
            ctx.Charge(text.Length);
            buffer.Append(text.Span);
        }
        else
        {
            Formatter.Format(ctx, item, "", buffer);
        }
    }
}

/// <summary>An f-string: texts and fields.</summary>
internal sealed class JoinedNode(Expr[] parts) : Expr
{
    public override PyValue Eval(Frame f)
    {
        var buffer = f.Ctx.RentBuffer();
        foreach (var part in parts)
        {
            if (part is FieldNode field)
            {
                field.Write(f, buffer);
            }
            else
            {
                buffer.Append(((PyStr)((ConstantNode)part).Value.Obj!).Span);
            }
        }

        return f.Ctx.TakeStr(buffer);
    }
}
