using System.Globalization;
using System.Numerics;
using Skiff.Numerics;
using Skiff.Python.Unicode;

namespace Skiff.Python.Interpreter;

/// <summary>Numbers from text, as <c>int()</c> and <c>float()</c> read them: white space around, digits of any script, single underscores.</summary>
internal static class NumberText
{
    private const int MaximumDigits = 4300;

    public static PyValue ParseInt(PyContext ctx, PyValue source, int radix)
    {
        if (radix is < 0 or 1 or > 36)
        {
            throw ctx.ValueError("int() base must be >= 2 and <= 36, or 0");
        }

        var bytes = source.Obj is PyStr str ? str.Span : ((PyBytes)source.Obj!).Data;
        ctx.Charge(bytes.Length * 2L);
        var text = ToAscii(bytes);
        var negative = text.StartsWith('-');
        var at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var given = radix;
        if (text.Length > at + 1 && text[at] == '0' && Prefix(text[at + 1]) is var prefixed and > 0 && (radix == 0 || radix == prefixed))
        {
            radix = prefixed;
            at += 2;
            at += at < text.Length && text[at] == '_' ? 1 : 0;
        }
        else if (radix == 0)
        {
            radix = 10;
        }

        return TryDigits(ctx, text, at, radix, out var value, given == 0)
            ? PyValue.Of(negative ? -value : value)
            : throw ctx.ValueError($"invalid literal for int() with base {given}: {Text.Repr(ctx, source).Obj}");
    }

    public static PyValue ParseFloat(PyContext ctx, PyStr text)
    {
        ctx.Charge(text.Length * 2L);
        var ascii = ToAscii(text.Span);
        return PyFloat.TryParse(Utf8.GetBytes(ascii), out var value)
            ? PyValue.Of(value)
            : throw ctx.ValueError($"could not convert string to float: {Text.Repr(ctx, text).Obj}");
    }

    private static int Prefix(char c) => (char)(c | 0x20) switch
    {
        'x' => 16,
        'o' => 8,
        'b' => 2,
        _ => 0,
    };

    private static bool TryDigits(PyContext ctx, string text, int at, int radix, out BigInteger value, bool noLeadingZeros)
    {
        value = BigInteger.Zero;
        var digits = new System.Text.StringBuilder();
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '_')
            {
                if (digits.Length == 0 || text[at - 1] == '_' || at + 1 == text.Length)
                {
                    return false;
                }

                continue;
            }

            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? (c | 0x20) - 'a' + 10 : 99;
            if (digit >= radix)
            {
                return false;
            }

            digits.Append(c);
        }

        if (digits.Length == 0)
        {
            return false;
        }

        if (digits.Length > MaximumDigits && (radix & (radix - 1)) != 0)
        {
            throw ctx.ValueError($"Exceeds the limit ({MaximumDigits} digits) for integer string conversion: value has {digits.Length} digits; use sys.set_int_max_str_digits() to increase the limit");
        }

        Numbers.CheckBits(ctx, digits.Length * 6L);
        ctx.Step((long)digits.Length * digits.Length >> 8);
        if (radix == 10)
        {
            value = BigInteger.Parse(digits.ToString(), NumberStyles.None, CultureInfo.InvariantCulture);
            return !(noLeadingZeros && digits.Length > 1 && digits[0] == '0' && !value.IsZero);
        }

        for (var i = 0; i < digits.Length; i++)
        {
            var c = digits[i];
            value = (value * radix) + (char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
        }

        return true;
    }

    /// <summary>The text without white space around it, digits of other scripts as ASCII ones, and all else beyond ASCII as a mark that no number has.</summary>
    private static string ToAscii(ReadOnlySpan<byte> bytes)
    {
        var stripped = UnicodeText.Strip(bytes);
        var builder = new System.Text.StringBuilder(stripped.Length);
        for (var at = 0; at < stripped.Length;)
        {
            if (stripped[at] < 0x80)
            {
                builder.Append((char)stripped[at++]);
                continue;
            }

            if (Utf8Decoding.Sequence(stripped[at..], out var reason) is var length && reason is not null)
            {
                builder.Append('?');
                at += length;
                continue;
            }

            var digit = UnicodeData.Decimal(Utf8.Decode(stripped, ref at));
            builder.Append(digit >= 0 ? (char)('0' + digit) : '?');
        }

        return builder.ToString();
    }
}
