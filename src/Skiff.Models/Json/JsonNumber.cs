using System.Buffers.Text;

namespace Skiff.Models;

/// <summary>Numbers in a JSON text.</summary>
internal static class JsonNumber
{
    /// <summary>How many bytes the number at the start of the text has; 0 where none stands there.</summary>
    internal static int Measure(ReadOnlySpan<byte> text)
    {
        var at = text.Length > 0 && text[0] == '-' ? 1 : 0;
        if (at == text.Length || !char.IsAsciiDigit((char)text[at]))
        {
            return 0;
        }

        at = text[at] == '0' ? at + 1 : SkipDigits(text, at);
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit((char)text[at + 1]))
        {
            at = SkipDigits(text, at + 1);
        }

        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            var digits = at + 1 < text.Length && text[at + 1] is (byte)'+' or (byte)'-' ? at + 2 : at + 1;
            var end = SkipDigits(text, digits);
            at = end > digits ? end : at;
        }

        return at;
    }

    /// <summary>Whether a number is written without a fraction and an exponent.</summary>
    internal static bool IsInteger(ReadOnlySpan<byte> number) => number.IndexOfAny("."u8[0], "e"u8[0], "E"u8[0]) < 0 && !IsName(number);

    /// <summary>The number nearest to what is written; an infinity beyond the largest.</summary>
    /// <param name="number">A number that <see cref="JsonScanner"/> has accepted, <c>NaN</c> and <c>Infinity</c> included.</param>
    internal static double Parse(ReadOnlySpan<byte> number)
    {
        if (TryParseShortInteger(number, out var integer))
        {
            return integer;
        }

        if (IsName(number))
        {
            return number[0] == 'N' ? double.NaN : number[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }

        return Utf8Parser.TryParse(number, out double value, out var consumed) && consumed == number.Length
            ? value
            : double.Parse(number, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static bool IsName(ReadOnlySpan<byte> number) => number[0] is (byte)'N' or (byte)'I' || (number.Length > 1 && number[1] == 'I');

    // Exact below 2^53. "-0" is the integer 0 to Python, hence a positive zero.
    private static bool TryParseShortInteger(ReadOnlySpan<byte> number, out double value)
    {
        value = 0;
        var negative = number[0] == '-';
        var digits = negative ? number[1..] : number;
        if (digits.Length is 0 or > 15)
        {
            return false;
        }

        var sum = 0L;
        foreach (var b in digits)
        {
            var digit = b - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            sum = (sum * 10) + digit;
        }

        value = negative ? -sum : sum;
        return true;
    }

    private static int SkipDigits(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
        {
            at++;
        }

        return at;
    }
}
