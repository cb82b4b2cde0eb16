namespace Skiff.Python.Interpreter;

/// <summary>The methods of str that look for a part.</summary>
internal static class StrSearchMethods
{
    public static readonly PyBuiltin[] All =
    [
        new("find", "/,sub,start?,end?", (ctx, self, args) => PyValue.Of(Find(ctx, self, args, last: false))),
        new("rfind", "/,sub,start?,end?", (ctx, self, args) => PyValue.Of(Find(ctx, self, args, last: true))),
        new("index", "/,sub,start?,end?", (ctx, self, args) => Found(ctx, Find(ctx, self, args, last: false))),
        new("rindex", "/,sub,start?,end?", (ctx, self, args) => Found(ctx, Find(ctx, self, args, last: true))),
        new("count", "/,sub,start?,end?", Count),
        new("startswith", "/,prefix,start?,end?", (ctx, self, args) => Affix(ctx, self, args, start: true)),
        new("endswith", "/,suffix,start?,end?", (ctx, self, args) => Affix(ctx, self, args, start: false)),
        new("replace", "old,new,count?", Replace),
        new("removeprefix", "/,prefix", RemovePrefix),
        new("removesuffix", "/,suffix", RemoveSuffix),
    ];

    private static PyValue Found(PyContext ctx, long index)
        => index < 0 ? throw ctx.ValueError("substring not found") : PyValue.Of(index);

    /// <summary>The bytes between two positions, which are adjusted as a slice's are; false where they cross.</summary>
    private static bool Window(PyContext ctx, PyStr text, PyValue start, PyValue end, out int from, out int to)
    {
        var first = Bound(ctx, start, 0, text.Count);
        var last = Bound(ctx, end, text.Count, text.Count);
        last = Math.Min(last, text.Count);
        from = 0;
        to = 0;
        if (first > last)
        {
            return false;
        }

        from = text.ByteOf((int)first);
        to = text.ByteOf((int)last);
        return true;
    }

    private static long Bound(PyContext ctx, PyValue value, long missing, int count)
    {
        if (value.IsMissing)
        {
            return missing;
        }

        if (!value.IsIntegral && value.Obj is not PyBigInt)
        {
            throw ctx.TypeError("slice indices must be integers or None or have an __index__ method");
        }

        var at = Numbers.ToIndex(ctx, value);
        return at < 0 ? Math.Max(0, at + count) : at;
    }

    private static long Find(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args, bool last)
    {
        var text = StrMethods.Of(self);
        if (args[0].Obj is not PyStr part)
        {
            throw ctx.TypeError($"{(last ? "rfind" : "find")}() argument 1 must be str, not {TypeNames.Of(args[0])}");
        }

        if (!Window(ctx, text, args[1], args[2], out var from, out var to))
        {
            return -1;
        }

        var window = text.Span[from..to];
        var at = last ? TextSearch.LastIndexOf(ctx, window, part.Span) : TextSearch.IndexOf(ctx, window, part.Span);
        return at < 0 ? -1 : text.PositionOf(from + at);
    }

    private static PyValue Count(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var text = StrMethods.Of(self);
        if (args[0].Obj is not PyStr part)
        {
            throw ctx.TypeError($"count() argument 1 must be str, not {TypeNames.Of(args[0])}");
        }

        if (!Window(ctx, text, args[1], args[2], out var from, out var to))
        {
            return PyValue.Of(0);
        }

        var window = text.Span[from..to];
        if (part.Length == 0)
        {
            return PyValue.Of(PyStr.CountOf(window) + 1L);
        }

        var count = 0L;
        ctx.Step(window.Length >> 4);
        for (int at; (at = part.Length <= 16 ? window.IndexOf(part.Span) : TextSearch.IndexOf(ctx, window, part.Span)) >= 0; count++)
        {
            window = window[(at + part.Length)..];
        }

        return PyValue.Of(count);
    }

    private static PyValue Affix(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args, bool start)
    {
        var text = StrMethods.Of(self);
        var name = start ? "startswith" : "endswith";
        var inside = Window(ctx, text, args[1], args[2], out var from, out var to);
        if (args[0].Obj is PyStr one)
        {
            return PyValue.Of(inside && Has(text.Span[from..to], one, start));
        }

        if (args[0].Obj is not PyTuple tuple)
        {
            throw ctx.TypeError($"{name} first arg must be str or a tuple of str, not {TypeNames.Of(args[0])}");
        }

        foreach (var item in tuple.Items)
        {
            ctx.Step();
            if (item.Obj is not PyStr part)
            {
                throw ctx.TypeError($"tuple for {name} must only contain str, not {TypeNames.Of(item)}");
            }

            if (inside && Has(text.Span[from..to], part, start))
            {
                return PyValue.True;
            }
        }

        return PyValue.False;
    }

    private static bool Has(ReadOnlySpan<byte> text, PyStr part, bool start)
        => start ? text.StartsWith(part.Span) : text.EndsWith(part.Span);

    private static PyValue Replace(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var text = StrMethods.Of(self);
        var old = StrMethods.Expect(ctx, args[0], "replace() argument 1 must be str");
        var with = StrMethods.Expect(ctx, args[1], "replace() argument 2 must be str");
        var left = args[2].IsUnbound ? -1 : Numbers.ToIndex(ctx, args[2]);
        if (left == 0 || (old.Length > 0 && TextSearch.IndexOf(ctx, text.Span, old.Span) < 0))
        {
            return self;
        }

        left = left < 0 ? long.MaxValue : left;
        return old.Length == 0 ? Interleave(ctx, text, with, left) : ReplaceParts(ctx, text, old, with, left);
    }

    private static PyStr ReplaceParts(PyContext ctx, PyStr text, PyStr old, PyStr with, long left)
    {
        var buffer = ctx.RentBuffer();
        var rest = text.Span;
        ctx.Step(rest.Length >> 4);
        for (; left > 0; left--)
        {
            var at = old.Length <= 16 ? rest.IndexOf(old.Span) : TextSearch.IndexOf(ctx, rest, old.Span);
            if (at < 0)
            {
                break;
            }

            ctx.Charge(at + with.Length);
            buffer.Append(rest[..at]);
            buffer.Append(with.Span);
            rest = rest[(at + old.Length)..];
        }

        buffer.Append(rest);
        return ctx.TakeStr(buffer);
    }

    private static PyStr Interleave(PyContext ctx, PyStr text, PyStr with, long left)
    {
        ctx.ChargeItems((Int128)text.Count * (with.Length + 1), 1);
        var buffer = ctx.RentBuffer();
        for (var at = 0; ; left--)
        {
            if (left > 0)
            {
                buffer.Append(with.Span);
            }

            if (at >= text.Length)
            {
                return ctx.TakeStr(buffer);
            }

            var width = PyStr.Width(text.Span[at]);
            buffer.Append(text.Span.Slice(at, width));
            at += width;
        }
    }

    private static PyValue RemovePrefix(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var text = StrMethods.Of(self);
        var prefix = StrMethods.Expect(ctx, args[0], "removeprefix() argument must be str");
        return text.Span.StartsWith(prefix.Span) ? ctx.View(text, prefix.Length, text.Length - prefix.Length) : self;
    }

    private static PyValue RemoveSuffix(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var text = StrMethods.Of(self);
        var suffix = StrMethods.Expect(ctx, args[0], "removesuffix() argument must be str");
        return suffix.Length > 0 && text.Span.EndsWith(suffix.Span) ? ctx.View(text, 0, text.Length - suffix.Length) : self;
    }
}
