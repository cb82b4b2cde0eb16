using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary><c>str.maketrans</c> and <c>str.translate</c>.</summary>
internal static class Translation
{
    public static PyValue MakeTable(PyContext ctx, ReadOnlySpan<PyValue> args)
    {
        var table = new PyDict();
        if (args[1].IsUnbound)
        {
            if (args[0].Obj is not PyDict source)
            {
                throw ctx.TypeError("if you give only one argument to maketrans it must be a dict");
            }

            for (var at = 0; source.Next(ref at, out var key, out var value);)
            {
                ctx.Step();
                table.Set(ctx, Key(ctx, key), value);
            }

            return table;
        }

        var from = StrMethods.Expect(ctx, args[0], "first maketrans argument must be a string if there is a second argument");
        var to = StrMethods.Expect(ctx, args[1], "maketrans() argument 2 must be str");
        if (from.Count != to.Count)
        {
            throw ctx.ValueError("the first two maketrans arguments must have equal length");
        }

        for (int i = 0, j = 0; i < from.Length;)
        {
            ctx.Step();
            table.Set(ctx, PyValue.Of((long)Utf8.Decode(from.Span, ref i)), PyValue.Of((long)Utf8.Decode(to.Span, ref j)));
        }

        if (!args[2].IsUnbound)
        {
            var gone = StrMethods.Expect(ctx, args[2], "maketrans() argument 3 must be str");
            for (var i = 0; i < gone.Length;)
            {
                ctx.Step();
                table.Set(ctx, PyValue.Of((long)Utf8.Decode(gone.Span, ref i)), PyValue.None);
            }
        }

        return table;
    }

    public static PyValue Apply(PyContext ctx, PyStr text, PyValue table)
    {
        var buffer = ctx.RentBuffer();
        ctx.Charge(text.Length);
        for (var at = 0; at < text.Length;)
        {
            ctx.Step();
            var start = at;
            var codePoint = Utf8.Decode(text.Span, ref at);
            if (!TryMap(ctx, table, codePoint, out var mapped))
            {
                buffer.Append(text.Span[start..at]);
            }
            else if (mapped.Obj is PyStr with)
            {
                ctx.Charge(with.Length);
                buffer.Append(with.Span);
            }
            else if (mapped.IsIntegral)
            {
                buffer.AppendCodePoint(mapped.Bits is >= 0 and <= 0x10FFFF
                    ? (int)mapped.Bits
                    : throw ctx.ValueError("character mapping must be in range(0x110000)"));
            }
            else if (!mapped.IsNone)
            {
                throw ctx.TypeError("character mapping must return integer, None or str");
            }
        }

        return ctx.TakeStr(buffer);
    }

    private static bool TryMap(PyContext ctx, PyValue table, int codePoint, out PyValue mapped)
    {
        switch (table.Obj)
        {
            case PyDict dict when dict.Flavor is PyDictFlavor.DefaultDict or PyDictFlavor.Counter:
                mapped = Subscripts.Get(ctx, table, PyValue.Of((long)codePoint));
                return true;
            case PyDict dict:
                return dict.TryGet(ctx, PyValue.Of((long)codePoint), out mapped);
            case PyList or PyTuple or PyStr:
                var length = Iteration.Length(table);
                mapped = codePoint < length ? Subscripts.Get(ctx, table, PyValue.Of((long)codePoint)) : default;
                return codePoint < length;
            default:
                throw ctx.TypeError($"'{TypeNames.Of(table)}' object is not subscriptable");
        }
    }

    private static PyValue Key(PyContext ctx, PyValue key)
    {
        if (key.IsIntegral)
        {
            return key;
        }

        if (key.Obj is not PyStr text)
        {
            throw ctx.TypeError("keys in translate table must be strings or integers");
        }

        var at = 0;
        return text.Count == 1
            ? PyValue.Of((long)Utf8.Decode(text.Span, ref at))
            : throw ctx.ValueError("string keys in translatetable must be of length 1");
    }
}
