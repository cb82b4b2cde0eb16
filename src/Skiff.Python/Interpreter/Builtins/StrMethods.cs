using Skiff.Numerics;
using Skiff.Python.Unicode;

namespace Skiff.Python.Interpreter;

/// <summary>The methods of str that change or judge a whole text.</summary>
internal static class StrMethods
{
    public static readonly PyBuiltin[] All =
    [
        Mapped("lower", UnicodeText.Lower),
        Mapped("upper", UnicodeText.Upper),
        Mapped("title", UnicodeText.Title),
        Mapped("capitalize", UnicodeText.Capitalize),
        Mapped("swapcase", UnicodeText.SwapCase),
        Mapped("casefold", UnicodeText.CaseFold),
        Judged("isalpha", UnicodeText.IsAlpha),
        Judged("isalnum", UnicodeText.IsAlnum),
        Judged("isdecimal", UnicodeText.IsDecimal),
        Judged("isdigit", UnicodeText.IsDigit),
        Judged("isnumeric", UnicodeText.IsNumeric),
        Judged("isspace", UnicodeText.IsSpace),
        Judged("isprintable", UnicodeText.IsPrintable),
        Judged("isidentifier", UnicodeText.IsIdentifier),
        Judged("isupper", UnicodeText.IsUpper),
        Judged("islower", UnicodeText.IsLower),
        Judged("istitle", UnicodeText.IsTitle),
        Judged("isascii", UnicodeText.IsAscii),
        new("str.strip", "/,chars?", (ctx, self, args) => Strip(ctx, self, args[0], both: true, start: true)),
        new("str.lstrip", "/,chars?", (ctx, self, args) => Strip(ctx, self, args[0], both: false, start: true)),
        new("str.rstrip", "/,chars?", (ctx, self, args) => Strip(ctx, self, args[0], both: false, start: false)),
        new("str.zfill", "/,width", ZeroFill),
        new("str.center", "/,width,fillchar?", (ctx, self, args) => Justify(ctx, self, args, Center)),
        new("str.ljust", "/,width,fillchar?", (ctx, self, args) => Justify(ctx, self, args, static (missing, _) => 0)),
        new("str.rjust", "/,width,fillchar?", (ctx, self, args) => Justify(ctx, self, args, static (missing, _) => missing)),
        new("str.expandtabs", "tabsize?", ExpandTabs),
        new("str.translate", "/,table", (ctx, self, args) => Translation.Apply(ctx, Of(self), args[0])),
        new("str.encode", "encoding?,errors?", (ctx, self, args) => Encodings.Encode(ctx, Of(self), args[0], args[1])),
        new("str.format", "*args,**kwargs", (ctx, self, args) => StrFormat.Apply(ctx, Of(self), args[1..], (PyDict)args[0].Obj!)),
        new("str.format_map", "/,mapping", (ctx, self, args) => args[0].Obj is PyDict dict
            ? StrFormat.Apply(ctx, Of(self), [], dict)
            : throw ctx.TypeError("format_map() needs a dict")),
    ];

    private delegate void Mapping(ReadOnlySpan<byte> text, ByteBuffer destination);

    private delegate bool Judgement(ReadOnlySpan<byte> text);

    public static PyStr Of(PyValue value) => (PyStr)value.Obj!;

    /// <summary>The text of an argument, or a TypeError in the given words.</summary>
    public static PyStr Expect(PyContext ctx, PyValue value, string message)
        => value.Obj as PyStr ?? throw ctx.TypeError($"{message}, not {TypeNames.Of(value)}");

    private static PyBuiltin Mapped(string name, Mapping map) => new("str." + name, "/", (ctx, self, _) =>
    {
        var text = Of(self);
        ctx.Charge(text.Length * 2L);
        var buffer = ctx.RentBuffer();
        map(text.Span, buffer);
        if (buffer.Written.SequenceEqual(text.Span))
        {
            ctx.ReturnBuffer(buffer);
            return self;
        }

        return ctx.TakeStr(buffer);
    });

    private static PyBuiltin Judged(string name, Judgement judge) => new("str." + name, "/", (ctx, self, _) =>
    {
        ctx.Step(Of(self).Length >> 5);
        return PyValue.Of(judge(Of(self).Span));
    });

    private static PyValue Strip(PyContext ctx, PyValue self, PyValue characters, bool both, bool start)
    {
        var text = Of(self);
        ctx.Step(text.Length >> 6);
        var span = text.Span;
        ReadOnlySpan<byte> rest;
        if (characters.IsMissing)
        {
            rest = both || start ? UnicodeText.StripStart(span) : span;
            var from = span.Length - rest.Length;
            rest = both || !start ? UnicodeText.StripEnd(rest) : rest;
            return ctx.View(text, from, rest.Length);
        }

        var set = characters.Obj is PyStr chars
            ? chars.Span
            : throw ctx.TypeError($"{(both ? "strip" : start ? "lstrip" : "rstrip")} arg must be None or str");
        ctx.Step((long)set.Length * text.Length >> 6);
        rest = both || start ? UnicodeText.StripStart(span, set) : span;
        var offset = span.Length - rest.Length;
        rest = both || !start ? UnicodeText.StripEnd(rest, set) : rest;
        return ctx.View(text, offset, rest.Length);
    }

    private static PyValue ZeroFill(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var text = Of(self);
        var missing = Numbers.ToIndex(ctx, args[0]) - text.Count;
        if (missing <= 0)
        {
            return self;
        }

        ctx.ChargeItems(missing, 1);
        var buffer = ctx.RentBuffer();
        var signed = text.Length > 0 && text.Span[0] is (byte)'+' or (byte)'-';
        if (signed)
        {
            buffer.Append(text.Span[0]);
        }

        buffer.GetSpan((int)missing)[..(int)missing].Fill((byte)'0');
        buffer.Advance((int)missing);
        buffer.Append(signed ? text.Span[1..] : text.Span);
        return ctx.TakeStr(buffer);
    }

    private static long Center(long missing, long width) => (missing / 2) + (missing & width & 1);

    private static PyValue Justify(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args, Func<long, long, long> left)
    {
        var text = Of(self);
        var width = Numbers.ToIndex(ctx, args[0]);
        var fill = args[1].IsUnbound ? PyStr.OfAscii(' ') : args[1].Obj as PyStr;
        if (fill is null || fill.Count != 1)
        {
            throw ctx.TypeError(fill is null
                ? $"The fill character must be a unicode character, not {TypeNames.Of(args[1])}"
                : "The fill character must be exactly one character long");
        }

        var missing = width - text.Count;
        if (missing <= 0)
        {
            return self;
        }

        ctx.ChargeItems((Int128)missing * fill.Length, 1);
        var buffer = ctx.RentBuffer();
        var before = left(missing, width);
        for (var i = 0L; i < missing; i++)
        {
            if (i == before)
            {
                buffer.Append(text.Span);
            }

            buffer.Append(fill.Span);
        }

        if (before == missing)
        {
            buffer.Append(text.Span);
        }

        return ctx.TakeStr(buffer);
    }

    private static PyValue ExpandTabs(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var text = Of(self);
        var size = args[0].IsUnbound ? 8 : Numbers.ToInt(ctx, args[0]);
        var buffer = ctx.RentBuffer();
        var column = 0;
        ctx.Charge(text.Length);
        foreach (var rune in text.Span)
        {
            if (rune == (byte)'\t')
            {
                var spaces = size > 0 ? size - (column % size) : 0;
                ctx.Charge(spaces);
                for (var i = 0; i < spaces; i++)
                {
                    buffer.Append((byte)' ');
                }

                column += spaces;
                continue;
            }

            buffer.Append(rune);
            column = rune is (byte)'\n' or (byte)'\r' ? 0 : column + ((rune & 0xC0) == 0x80 ? 0 : 1);
        }

        return ctx.TakeStr(buffer);
    }
}
