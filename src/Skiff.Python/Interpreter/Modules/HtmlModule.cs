using System.Globalization;
using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary>The module html: escape and unescape, by the HTML 5 rules that CPython's <c>html/__init__.py</c> states.</summary>
internal static class HtmlModule
{
    private const int LongestName = 32;

    // What browsers make of the codes that Windows-1252 uses differently.
    private static ReadOnlySpan<int> Remapped =>
    [
        0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
    ];

    public static PyModuleValue Make() => new("html", new Dictionary<string, PyValue>
    {
        ["unescape"] = new PyBuiltin("unescape", "s", (ctx, _, args) => Unescape(ctx, StrMethods.Expect(ctx, args[0], "unescape() argument must be str"))),
        ["escape"] = new PyBuiltin("escape", "s,quote?", Escape),
    });

    private static PyValue Escape(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var text = StrMethods.Expect(ctx, args[0], "escape() argument must be str");
        var quote = args[1].IsUnbound || Truth.Of(ctx, args[1]);
        ctx.Charge(text.Length * 6L);
        var buffer = ctx.RentBuffer();
        foreach (var b in text.Span)
        {
            switch (b)
            {
                case (byte)'&':
                    buffer.Append("&amp;"u8);
                    break;
                case (byte)'<':
                    buffer.Append("&lt;"u8);
                    break;
                case (byte)'>':
                    buffer.Append("&gt;"u8);
                    break;
                case (byte)'"' when quote:
                    buffer.Append("&quot;"u8);
                    break;
                case (byte)'\'' when quote:
                    buffer.Append("&#x27;"u8);
                    break;
                default:
                    buffer.Append(b);
                    break;
            }
        }

        return ctx.TakeStr(buffer);
    }

    private static PyStr Unescape(PyContext ctx, PyStr text)
    {
        if (!text.Span.Contains((byte)'&'))
        {
            return text;
        }

        ctx.Charge(text.Length * 2L);
        var buffer = ctx.RentBuffer();
        var rest = text.Span;
        while (rest.IndexOf((byte)'&') is var at and >= 0)
        {
            ctx.Step();
            buffer.Append(rest[..at]);
            rest = rest[(at + 1)..];
            rest = rest[Reference(rest, buffer)..];
        }

        buffer.Append(rest);
        return ctx.TakeStr(buffer);
    }

    /// <summary>Appends what the reference behind an ampersand means; answers how many bytes it took.</summary>
    private static int Reference(ReadOnlySpan<byte> rest, ByteBuffer buffer)
    {
        if (rest.Length > 1 && rest[0] == (byte)'#' && Numeric(rest, buffer) is var taken and > 0)
        {
            return taken;
        }

        var length = 0;
        var count = 0;
        while (length < rest.Length && count < LongestName && !"\t\n\f <&#;"u8.Contains(rest[length]))
        {
            length += PyStr.Width(rest[length]);
            count++;
        }

        if (length == 0)
        {
            buffer.Append((byte)'&');
            return 0;
        }

        var whole = length < rest.Length && rest[length] == (byte)';' ? length + 1 : length;
        for (var candidate = whole; candidate > 1; candidate--)
        {
            if (HtmlEntities.TryFind(rest[..candidate], out var replacement))
            {
                buffer.Append(replacement);
                buffer.Append(rest[candidate..whole]);
                return whole;
            }
        }

        buffer.Append((byte)'&');
        buffer.Append(rest[..whole]);
        return whole;
    }

    private static int Numeric(ReadOnlySpan<byte> rest, ByteBuffer buffer)
    {
        var hexadecimal = (rest[1] | 0x20) == 'x';
        var at = hexadecimal ? 2 : 1;
        var start = at;
        var code = 0L;
        for (; at < rest.Length && (hexadecimal ? char.IsAsciiHexDigit((char)rest[at]) : char.IsAsciiDigit((char)rest[at])); at++)
        {
            var digit = int.Parse(rest.Slice(at, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            code = Math.Min((code * (hexadecimal ? 16 : 10)) + digit, 0x7FFFFFFF);
        }

        if (at == start)
        {
            return 0;
        }

        at += at < rest.Length && rest[at] == (byte)';' ? 1 : 0;
        AppendCode(code, buffer);
        return at;
    }

    private static void AppendCode(long code, ByteBuffer buffer)
    {
        switch (code)
        {
            case 0 or (>= 0xD800 and <= 0xDFFF) or > 0x10FFFF:
                buffer.AppendCodePoint(0xFFFD);
                return;
            case 0x0D:
                buffer.AppendCodePoint(0x0D);
                return;
            case >= 0x80 and < 0xA0:
                buffer.AppendCodePoint(Remapped[(int)code - 0x80]);
                return;
            case (>= 0x1 and <= 0x8) or (>= 0xE and <= 0x1F) or 0x7F or 0xB or (>= 0xFDD0 and <= 0xFDEF):
                return;
        }

        if ((code & 0xFFFE) != 0xFFFE)
        {
            buffer.AppendCodePoint((int)code);
        }
    }
}
