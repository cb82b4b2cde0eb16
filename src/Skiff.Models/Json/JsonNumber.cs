using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Skiff.Models;

/// <summary>Numbers in a JSON text.</summary>
internal static class JsonNumber
{
    // As many decimal digits as always fit into 64 bits.
    private const int MostDigits = 19;
    private const int MostExponent = 100_000;

    /// <summary>Where the number ends that begins at a byte; that byte where none stands there.</summary>
    internal static int Skip(ReadOnlySpan<byte> text, int start)
    {
        var at = SkipSign(text, start);
        if (at >= text.Length || !IsDigit(text[at]))
        {
            return start;
        }

        at++;
        if (text[at - 1] != '0')
        {
            while (at < text.Length && IsDigit(text[at]))
            {
                at++;
            }
        }

        if (at + 1 < text.Length && text[at] == '.' && IsDigit(text[at + 1]))
        {
            at = SkipDigits(text, at + 2);
        }

        return at < text.Length && (text[at] | 0x20) == 'e' ? SkipExponent(text, at) : at;
    }

    /// <summary>Reads the number that begins at a byte.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The byte.</param>
    /// <param name="value">The number nearest to what is written; an infinity beyond the largest.</param>
    /// <returns>Where it ends; the byte where it begins if none stands there. <c>NaN</c> and <c>Infinity</c> are none.</returns>
    internal static int Read(ReadOnlySpan<byte> text, int start, out double value)
    {
        value = 0;
        var first = SkipSign(text, start);
        if (first >= text.Length || !IsDigit(text[first]))
        {
            return start;
        }

        var at = first + 1;
        var digits = (ulong)(text[first] - '0');
        if (digits != 0)
        {
            while (at < text.Length && IsDigit(text[at]))
            {
                digits = (digits * 10) + (ulong)(text[at++] - '0');
            }
        }

        var count = at - first;
        var exponent = 0;
        var isInteger = true;
        if (at + 1 < text.Length && text[at] == '.' && IsDigit(text[at + 1]))
        {
            var point = at;
            at = AddDigits(text, at + 1, ref digits);
            exponent = point + 1 - at;
            count -= exponent;
            isInteger = false;
        }

        if (at < text.Length && (text[at] | 0x20) == 'e')
        {
            var end = SkipExponent(text, at);
            isInteger &= end == at;
            exponent += end == at ? 0 : ParseExponent(text[(at + 1)..end]);
            at = end;
        }

        if ((count <= MostDigits || count - LeadingZeros(text[first..at]) <= MostDigits) && DecimalNumber.TryConvert(digits, exponent, out value))
        {
            // Signs cannot be foreseen. "-0" is the integer 0 to Python, "-0.0" is not.
            var sign = isInteger && digits == 0 ? 0UL : (ulong)(first - start) << 63;
            value = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(value) | sign);
            return at;
        }

        value = double.Parse(text[start..at], NumberStyles.Float, CultureInfo.InvariantCulture);
        return at;
    }

    /// <summary>Whether a number is written without a fraction and an exponent.</summary>
    internal static bool IsInteger(ReadOnlySpan<byte> number) => number.IndexOfAny("."u8[0], "e"u8[0], "E"u8[0]) < 0 && !IsName(number);

    /// <summary>The number nearest to what is written; an infinity beyond the largest.</summary>
    /// <param name="number">A number that <see cref="JsonScanner"/> has accepted, <c>NaN</c> and <c>Infinity</c> included.</param>
    internal static double Parse(ReadOnlySpan<byte> number)
    {
        if (IsName(number))
        {
            return number[0] == 'N' ? double.NaN : number[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }

        Read(number, 0, out var value);
        return value;
    }

    private static bool IsName(ReadOnlySpan<byte> number) => number[0] is (byte)'N' or (byte)'I' || (number.Length > 1 && number[1] == 'I');

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SkipSign(ReadOnlySpan<byte> text, int start) => start < text.Length ? start + (text[start] == '-' ? 1 : 0) : start;

    private static bool IsDigit(byte b) => (uint)(b - '0') <= 9;

    // Eight at a time: a fraction as Python writes it has sixteen or seventeen.
    private static int SkipDigits(ReadOnlySpan<byte> text, int at)
    {
        while (at + sizeof(ulong) <= text.Length && AreDigits(Eight(text, at)))
        {
            at += sizeof(ulong);
        }

        while (at < text.Length && IsDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    // Beyond nineteen digits the sum has lost some, and is not used.
    private static int AddDigits(ReadOnlySpan<byte> text, int at, ref ulong digits)
    {
        while (at + sizeof(ulong) <= text.Length && Eight(text, at) is var eight && AreDigits(eight))
        {
            digits = (digits * 100_000_000) + Value(eight);
            at += sizeof(ulong);
        }

        while (at < text.Length && IsDigit(text[at]))
        {
            digits = (digits * 10) + (ulong)(text[at++] - '0');
        }

        return at;
    }

    // Eight bytes at once, the first the lowest, and digits as their values.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Eight(ReadOnlySpan<byte> text, int at) => BinaryPrimitives.ReadUInt64LittleEndian(text[at..]) ^ 0x3030303030303030;

    // A byte above 9 gets its highest bit by adding 0x76, or has it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong eight) => (((eight + 0x7676767676767676) | eight) & 0x8080808080808080) == 0;

    // Neighbours are joined to pairs, pairs to fours, fours to eight.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Value(ulong eight)
    {
        eight = ((eight * 10) + (eight >> 8)) & 0x00FF00FF00FF00FF;
        eight = ((eight * 100) + (eight >> 16)) & 0x0000FFFF0000FFFF;
        return ((eight * 10_000) + (eight >> 32)) & 0xFFFFFFFF;
    }

    private static int SkipExponent(ReadOnlySpan<byte> text, int at)
    {
        var digits = at + 1 < text.Length && text[at + 1] is (byte)'+' or (byte)'-' ? at + 2 : at + 1;
        var end = SkipDigits(text, digits);
        return end > digits ? end : at;
    }

    // Beyond a bound every exponent is as good as another.
    private static int ParseExponent(ReadOnlySpan<byte> exponent)
    {
        var value = 0;
        foreach (var b in exponent)
        {
            value = IsDigit(b) ? Math.Min((value * 10) + (b - '0'), MostExponent) : value;
        }

        return exponent[0] == '-' ? -value : value;
    }

    private static int LeadingZeros(ReadOnlySpan<byte> digits)
    {
        var zeros = 0;
        foreach (var b in digits)
        {
            if (b is not ((byte)'0' or (byte)'.'))
            {
                break;
            }

            zeros += b == '0' ? 1 : 0;
        }

        return zeros;
    }
}
