using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Skiff.Numerics;

/// <summary>Number text as Python has it: <c>repr(float)</c> out, <c>float(str)</c> in.</summary>
/// <remarks>
/// Both sides print the shortest digits that read back as the same double; they differ in when an exponent is used and in how it is
/// spelled (CPython, <c>format_float_short</c> in <c>pystrtod.c</c>: fixed while the decimal point lies within -3 to 16 digits).
/// </remarks>
public static class PyFloat
{
    /// <summary>The most bytes that <see cref="Format(double, Span{byte})"/> writes.</summary>
    public const int MaxLength = 24;

    private const int SmallestFixedPoint = -3;
    private const int LargestFixedPoint = 16;

    /// <summary>Writes a double as <c>repr</c> does: <c>1.0</c>, <c>0.1</c>, <c>1e-05</c>, <c>1e+16</c>, <c>nan</c>, <c>-inf</c>.</summary>
    /// <param name="value">The number.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static int Format(double value, Span<byte> destination)
    {
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "nan"u8 : value > 0 ? "inf"u8 : "-inf"u8;
            name.CopyTo(destination);
            return name.Length;
        }

        var written = 0;
        if (double.IsNegative(value))
        {
            destination[written++] = (byte)'-';
            value = -value;
        }

        // 17 significant digits are the most a double needs; a zero is written as one.
        Span<byte> digits = stackalloc byte[17];
        var count = ShortestDigits(value, digits, out var point);
        digits = digits[..count];
        return written + (point is >= SmallestFixedPoint and <= LargestFixedPoint
            ? WriteFixed(digits, point, destination[written..])
            : WriteScientific(digits, point, destination[written..]));
    }

    /// <summary>A double as <c>repr</c> writes it.</summary>
    public static string Format(double value)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..Format(value, text)]);
    }

    /// <summary>
    /// Reads a double as <c>float(str)</c> does: decimal digits with single underscores between them, a point, an exponent, or
    /// <c>inf</c>, <c>infinity</c>, <c>nan</c> in any case, each with an optional sign. What is too large becomes an infinity.
    /// </summary>
    /// <param name="text">The text, without the white space around it, with the digits of other scripts already turned into ASCII.</param>
    /// <param name="value">The number, or zero.</param>
    /// <returns>Whether Python would read the text.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        var negative = text[0] == (byte)'-';
        var magnitude = negative || text[0] == (byte)'+' ? text[1..] : text;
        if (!TryParseName(magnitude, out var result) && !TryParseDecimal(magnitude, out result))
        {
            return false;
        }

        value = negative ? -result : result;
        return true;
    }

    private static int ShortestDigits(double value, Span<byte> digits, out int point)
    {
        Span<byte> text = stackalloc byte[32];
        text = text[..FormatShortest(value, text)];

        var exponent = 0;
        var e = text.IndexOf((byte)'E');
        if (e >= 0)
        {
            _ = Utf8Parser.TryParse(text[(e + 1)..], out exponent, out _);
            text = text[..e];
        }

        var count = 0;
        var whole = text.IndexOf((byte)'.');
        point = (whole < 0 ? text.Length : whole) + exponent;
        foreach (var c in text)
        {
            if (c == (byte)'.')
            {
                continue;
            }

            if (count == 0 && c == (byte)'0')
            {
                // A leading zero moves the point instead of being a digit.
                point--;
                continue;
            }

            digits[count++] = c;
        }

        while (count > 0 && digits[count - 1] == (byte)'0')
        {
            count--;
        }

        if (count == 0)
        {
            digits[count++] = (byte)'0';
            point = 1;
        }

        return count;
    }

    private static int FormatShortest(double value, Span<byte> text)
    {
        const ulong FractionBits = (1UL << 52) - 1;
        _ = value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        var isPowerOfTwo = (BitConverter.DoubleToUInt64Bits(value) & FractionBits) == 0;
        if (isPowerOfTwo && double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture) != value)
        {
            // Below a power of two the doubles lie twice as close as above it, and the platform's shortest text can miss that: it printed
            // 2**-958 with 16 digits that read back as its neighbour. 17 exact digits never do.
            _ = value.TryFormat(text, out length, "E16", CultureInfo.InvariantCulture);
        }

        return length;
    }

    private static int WriteFixed(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        if (point <= 0)
        {
            "0."u8.CopyTo(destination);
            destination.Slice(2, -point).Fill((byte)'0');
            digits.CopyTo(destination[(2 - point)..]);
            return 2 - point + digits.Length;
        }

        if (digits.Length <= point)
        {
            digits.CopyTo(destination);
            destination[digits.Length..point].Fill((byte)'0');
            ".0"u8.CopyTo(destination[point..]);
            return point + 2;
        }

        digits[..point].CopyTo(destination);
        destination[point] = (byte)'.';
        digits[point..].CopyTo(destination[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int WriteScientific(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        var written = 0;
        destination[written++] = digits[0];
        if (digits.Length > 1)
        {
            destination[written++] = (byte)'.';
            digits[1..].CopyTo(destination[written..]);
            written += digits.Length - 1;
        }

        var exponent = point - 1;
        destination[written++] = (byte)'e';
        destination[written++] = exponent < 0 ? (byte)'-' : (byte)'+';
        _ = Utf8Formatter.TryFormat(Math.Abs(exponent), destination[written..], out var length, new StandardFormat('D', 2));
        return written + length;
    }

    private static bool TryParseName(ReadOnlySpan<byte> text, out double value)
    {
        value = text.Length switch
        {
            3 when Ascii.EqualsIgnoreCase(text, "nan"u8) => double.NaN,
            3 when Ascii.EqualsIgnoreCase(text, "inf"u8) => double.PositiveInfinity,
            8 when Ascii.EqualsIgnoreCase(text, "infinity"u8) => double.PositiveInfinity,
            _ => 0,
        };
        return value != 0;
    }

    private static bool TryParseDecimal(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var rented = text.Length > 256 ? ArrayPool<byte>.Shared.Rent(text.Length) : null;
        try
        {
            // The grammar is judged here: the platform takes forms that Python refuses, and the reverse.
            var plain = rented ?? stackalloc byte[256];
            var length = CopyDecimal(text, plain);
            return length > 0 && double.TryParse(plain[..length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>Copies a decimal number without its underscores; returns 0 where the text is none.</summary>
    private static int CopyDecimal(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var index = 0;
        var written = 0;
        var digits = CopyDigits(text, ref index, destination, ref written);
        if (digits < 0)
        {
            return 0;
        }

        if (index < text.Length && text[index] == (byte)'.')
        {
            destination[written++] = text[index++];
            var fraction = CopyDigits(text, ref index, destination, ref written);
            if (fraction < 0)
            {
                return 0;
            }

            digits += fraction;
        }

        if (digits == 0)
        {
            return 0;
        }

        if (index < text.Length && (text[index] | 0x20) == 'e')
        {
            destination[written++] = text[index++];
            if (index < text.Length && text[index] is (byte)'+' or (byte)'-')
            {
                destination[written++] = text[index++];
            }

            if (CopyDigits(text, ref index, destination, ref written) <= 0)
            {
                return 0;
            }
        }

        return index == text.Length ? written : 0;
    }

    /// <summary>Copies a run of digits; returns how many, or -1 where an underscore does not stand between two digits.</summary>
    private static int CopyDigits(ReadOnlySpan<byte> text, ref int index, Span<byte> destination, ref int written)
    {
        var start = written;
        while (index < text.Length)
        {
            var c = text[index];
            if (c == (byte)'_')
            {
                if (written == start || index + 1 == text.Length || !char.IsAsciiDigit((char)text[index + 1]))
                {
                    return -1;
                }

                index++;
                continue;
            }

            if (!char.IsAsciiDigit((char)c))
            {
                break;
            }

            destination[written++] = c;
            index++;
        }

        return written - start;
    }
}
