using Skiff.Numerics;
using Skiff.Python.Unicode;

namespace Skiff.Python.Interpreter;

/// <summary>The methods of str that take a text apart or put texts together.</summary>
internal static class StrSplitMethods
{
    public static readonly PyBuiltin[] All =
    [
        new("split", "sep?,maxsplit?", (ctx, self, args) => Split(ctx, self, args, fromEnd: false)),
        new("rsplit", "sep?,maxsplit?", (ctx, self, args) => Split(ctx, self, args, fromEnd: true)),
        new("splitlines", "keepends?", SplitLines),
        new("str.partition", "/,sep", (ctx, self, args) => Partition(ctx, self, args[0], last: false)),
        new("str.rpartition", "/,sep", (ctx, self, args) => Partition(ctx, self, args[0], last: true)),
        new("str.join", "/,iterable", Join),
    ];

    private static PyValue Split(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args, bool fromEnd)
    {
        var text = StrMethods.Of(self);
        var most = args[1].IsUnbound ? -1 : Numbers.ToIndex(ctx, args[1]);
        most = most < 0 ? long.MaxValue : most;
        ctx.Charge(64 + text.Length);
        var parts = new PyList();
        if (args[0].IsMissing)
        {
            SplitWords(ctx, text, most, fromEnd, parts);
        }
        else
        {
            var separator = StrMethods.Expect(ctx, args[0], "must be str or None");
            if (separator.Length == 0)
            {
                throw ctx.ValueError("empty separator");
            }

            SplitParts(ctx, text, separator, most, fromEnd, parts);
        }

        if (fromEnd)
        {
            parts.Items.AsSpan(0, parts.Count).Reverse();
        }

        return parts;
    }

    private static void SplitWords(PyContext ctx, PyStr text, long most, bool fromEnd, PyList parts)
    {
        var span = text.Span;
        var from = 0;
        var to = span.Length;
        while (true)
        {
            var rest = fromEnd ? UnicodeText.StripEnd(span[from..to]) : UnicodeText.StripStart(span[from..to]);
            if (fromEnd)
            {
                to = from + rest.Length;
            }
            else
            {
                from = to - rest.Length;
            }

            if (rest.IsEmpty)
            {
                return;
            }

            ctx.Step();
            if (most-- <= 0)
            {
                parts.Add(ctx, ctx.View(text, from, rest.Length));
                return;
            }

            var length = fromEnd ? LastWord(rest) : FirstWord(rest);
            parts.Add(ctx, ctx.View(text, fromEnd ? to - length : from, length));
            from += fromEnd ? 0 : length;
            to -= fromEnd ? length : 0;
        }
    }

    private static int FirstWord(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (text[at] < 0x80)
            {
                if (text[at] is (byte)' ' or (>= 9 and <= 13) or (>= 0x1C and <= 0x1F))
                {
                    return start;
                }

                at++;
            }
            else if (UnicodeData.IsSpace(Utf8.Decode(text, ref at)))
            {
                return start;
            }
        }

        return text.Length;
    }

    private static int LastWord(ReadOnlySpan<byte> text)
    {
        for (var at = text.Length; at > 0;)
        {
            var end = at;
            if (UnicodeData.IsSpace(Utf8.DecodeBefore(text, ref at)))
            {
                return text.Length - end;
            }
        }

        return text.Length;
    }

    private static void SplitParts(PyContext ctx, PyStr text, PyStr separator, long most, bool fromEnd, PyList parts)
    {
        var span = text.Span;
        var from = 0;
        var to = span.Length;
        for (; most > 0; most--)
        {
            var window = span[from..to];
            var at = separator.Length > 16
                ? (fromEnd ? TextSearch.LastIndexOf(ctx, window, separator.Span) : TextSearch.IndexOf(ctx, window, separator.Span))
                : (fromEnd ? window.LastIndexOf(separator.Span) : window.IndexOf(separator.Span));
            if (at < 0)
            {
                break;
            }

            ctx.Step();
            if (fromEnd)
            {
                var start = from + at + separator.Length;
                parts.Add(ctx, ctx.View(text, start, to - start));
                to = from + at;
            }
            else
            {
                parts.Add(ctx, ctx.View(text, from, at));
                from += at + separator.Length;
            }
        }

        parts.Add(ctx, ctx.View(text, from, to - from));
    }

    private static PyValue SplitLines(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var text = StrMethods.Of(self);
        var keep = !args[0].IsUnbound && Truth.Of(ctx, args[0]);
        ctx.Charge(64 + text.Length);
        var lines = new PyList();
        var span = text.Span;
        var start = 0;
        for (var at = 0; at < span.Length;)
        {
            var end = at;
            var codePoint = Utf8.Decode(span, ref at);
            if (!UnicodeData.IsLineBreak(codePoint))
            {
                continue;
            }

            if (codePoint == '\r' && at < span.Length && span[at] == (byte)'\n')
            {
                at++;
            }

            lines.Add(ctx, ctx.View(text, start, (keep ? at : end) - start));
            start = at;
        }

        if (start < span.Length)
        {
            lines.Add(ctx, ctx.View(text, start, span.Length - start));
        }

        return lines;
    }

    private static PyValue Partition(PyContext ctx, PyValue self, PyValue by, bool last)
    {
        var text = StrMethods.Of(self);
        var separator = StrMethods.Expect(ctx, by, "must be str");
        if (separator.Length == 0)
        {
            throw ctx.ValueError("empty separator");
        }

        ctx.Charge(96);
        var at = last ? TextSearch.LastIndexOf(ctx, text.Span, separator.Span) : TextSearch.IndexOf(ctx, text.Span, separator.Span);
        if (at < 0)
        {
            return last ? new PyTuple([PyStr.Empty, PyStr.Empty, self]) : new PyTuple([self, PyStr.Empty, PyStr.Empty]);
        }

        var end = at + separator.Length;
        return new PyTuple([ctx.View(text, 0, at), separator, ctx.View(text, end, text.Length - end)]);
    }

    private static PyValue Join(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var separator = StrMethods.Of(self);
        if (!Iteration.Can(args[0]))
        {
            throw ctx.TypeError("can only join an iterable");
        }

        var items = Iteration.Items(ctx, args[0]);
        ctx.Step(items.Length);
        if (items.Length == 1 && items[0].Obj is PyStr)
        {
            return items[0];
        }

        var buffer = ctx.RentBuffer();
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].Obj is not PyStr item)
            {
                ctx.ReturnBuffer(buffer);
                throw ctx.TypeError($"sequence item {i}: expected str instance, {TypeNames.Of(items[i])} found");
            }

            ctx.Charge(item.Length + separator.Length);
            if (i > 0)
            {
                buffer.Append(separator.Span);
            }

            buffer.Append(item.Span);
        }

        return ctx.TakeStr(buffer);
    }
}
