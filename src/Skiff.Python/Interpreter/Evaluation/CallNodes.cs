namespace Skiff.Python.Interpreter;

/// <summary>The arguments of a call as written.</summary>
internal sealed class ArgumentList(Expr[] positional, string?[] keywordNames, Expr[] keywordValues)
{
    private readonly bool _plain = !Displays.HasStar(positional) && !Array.Exists(keywordNames, n => n is null);
    private readonly string[] _names = Array.ConvertAll(keywordNames, n => n ?? "");

    public Expr[] Positional { get; } = positional;

    public int KeywordCount => keywordNames.Length;

    /// <summary>Works the arguments out and calls; what is on the stack afterwards is what was there before.</summary>
    public PyValue Call(Frame f, PyValue callee, PyBuiltin? method, PyValue self)
    {
        var ctx = f.Ctx;
        var start = ctx.Top;
        PyValue result;
        if (_plain)
        {
            foreach (var argument in Positional)
            {
                ctx.Push(argument.Eval(f));
            }

            foreach (var argument in keywordValues)
            {
                ctx.Push(argument.Eval(f));
            }

            var all = new ReadOnlySpan<PyValue>(ctx.Stack, start, ctx.Top - start);
            result = method is null
                ? Caller.Call(ctx, callee, all[..Positional.Length], _names, all[Positional.Length..])
                : Caller.CallBuiltin(ctx, method, self, all[..Positional.Length], _names, all[Positional.Length..]);
        }
        else
        {
            var values = Displays.Collect(f, Positional);
            var names = new List<string>();
            var given = new List<PyValue>();
            CollectKeywords(f, names, given);
            PyValue[] keywords = [.. given];
            result = method is null
                ? Caller.Call(ctx, callee, values.Span, [.. names], keywords)
                : Caller.CallBuiltin(ctx, method, self, values.Span, [.. names], keywords);
        }

        ctx.Top = start;
        return result;
    }

    private void CollectKeywords(Frame f, List<string> names, List<PyValue> given)
    {
        var ctx = f.Ctx;
        for (var i = 0; i < keywordValues.Length; i++)
        {
            var value = keywordValues[i].Eval(f);
            if (keywordNames[i] is { } name)
            {
                names.Add(name);
                given.Add(value);
                continue;
            }

            if (value.Obj is not PyDict dict)
            {
                throw ctx.TypeError($"Value after ** must be a mapping, not {TypeNames.Of(value)}");
            }

            ctx.Charge(dict.Count * 64L);
            for (var at = 0; dict.Next(ref at, out var key, out var item);)
            {
                if (key.Obj is not PyStr text)
                {
                    throw ctx.TypeError("keywords must be strings");
                }

                names.Add(text.ToString());
                given.Add(item);
            }
        }
    }
}

internal sealed class CallNode(Expr callee, ArgumentList arguments) : Expr
{
    public override PyValue Eval(Frame f)
    {
        f.Ctx.CheckStack();
        return arguments.Call(f, callee.Eval(f), null, default);
    }
}

/// <summary><c>target.name(...)</c>, without a bound method in between.</summary>
internal sealed class MethodCallNode(Expr target, string name, ArgumentList arguments) : Expr
{
    private readonly PyBuiltin?[] _methods = MethodTable.Named(name);
    private PyValue _direct;

    public Expr Target { get; } = target;

    public string Name { get; } = name;

    /// <summary>Sets what is called where the target is a module, which is known before anything runs.</summary>
    public void Link(PyValue member) => _direct = member;

    public override PyValue Eval(Frame f)
    {
        f.Ctx.CheckStack();
        if (!_direct.IsUnbound)
        {
            return arguments.Call(f, _direct, _direct.Obj as PyBuiltin, default);
        }

        var self = Target.Eval(f);
        var method = _methods[(int)self.Kind];
        return method is not null
            ? arguments.Call(f, default, method, self)
            : arguments.Call(f, Attributes.Get(f.Ctx, self, Name), null, default);
    }
}
