using System.Buffers.Binary;

namespace Skiff.Numerics;

/// <summary>x87's 80-bit format, which numpy's <c>longdouble</c> is on x86-64, in 10, 12 or 16 bytes, rounded to doubles.</summary>
internal static class LongDouble
{
    private const int ExponentBias = 16383;

    /// <summary>Converts elements of <paramref name="itemSize"/> bytes.</summary>
    public static double[] ToDoubles(ReadOnlySpan<byte> data, int itemSize, bool bigEndian)
    {
        var result = new double[data.Length / itemSize];
        Span<byte> value = stackalloc byte[10];
        for (var i = 0; i < result.Length; i++)
        {
            var item = data.Slice(i * itemSize, itemSize);
            if (bigEndian)
            {
                item[^10..].CopyTo(value);
                value.Reverse();
            }
            else
            {
                item[..10].CopyTo(value);
            }

            result[i] = ToDouble(value);
        }

        return result;
    }

    /// <summary>Converts one value of 10 bytes, little-endian, rounding to nearest with ties to even.</summary>
    public static double ToDouble(ReadOnlySpan<byte> value)
    {
        var mantissa = BinaryPrimitives.ReadUInt64LittleEndian(value);
        var head = BinaryPrimitives.ReadUInt16LittleEndian(value[8..]);
        var exponent = head & 0x7FFF;
        double magnitude;
        if (exponent == 0x7FFF)
        {
            magnitude = mantissa << 1 == 0 ? double.PositiveInfinity : double.NaN;
        }
        else
        {
            // The 64-bit mantissa is an integer; the double's last place is 2**-1074 at the least, so bits below that are rounded off here
            // and the scaling that follows is exact.
            var scale = exponent - ExponentBias - 63;
            var width = 64 - System.Numerics.BitOperations.LeadingZeroCount(mantissa);
            var drop = Math.Max(width - 53, -1074 - scale);
            magnitude = drop <= 0 ? mantissa : drop > 64 ? 0 : RoundAway(mantissa, drop);
            magnitude = Math.ScaleB(magnitude, drop <= 0 ? scale : scale + drop);
        }

        return (head & 0x8000) == 0 ? magnitude : -magnitude;
    }

    private static double RoundAway(ulong mantissa, int drop)
    {
        var kept = drop == 64 ? 0 : mantissa >> drop;
        var half = 1UL << (drop - 1);
        var rest = mantissa & (half - 1 + half);
        return kept + (rest > half || (rest == half && (kept & 1) == 1) ? 1UL : 0UL);
    }
}
