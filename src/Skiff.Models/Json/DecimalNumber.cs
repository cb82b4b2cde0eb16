using System.Numerics;

namespace Skiff.Models;

/// <summary>The double nearest to a number of up to nineteen decimal digits.</summary>
/// <remarks>
/// D. Lemire, "Number parsing at a gigabyte per second" (2021): the digits times the first 128 bits of a power of five have all bits that decide
/// but in cases that are told apart. <c>double.Parse</c> is as exact, and slower.
/// </remarks>
internal static class DecimalNumber
{
    // Powers of ten that a double holds exactly.
    private const int MostExactPower = 22;
    private const ulong MostExactInteger = 1UL << 53;

    private const int FractionBits = 52;
    private const int ExponentBias = 1023;

    // Of the product's upper half: the fraction, the bit before it, the one that rounds, and one that the product may lack.
    private const int DecidingBits = FractionBits + 3;

    // Between these a number can lie exactly between two doubles.
    private const int LeastHalfwayPower = -4;
    private const int MostHalfwayPower = 23;

    private static readonly double[] ExactPowers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Converts a number where the tables reach.</summary>
    /// <param name="digits">The digits.</param>
    /// <param name="exponent">The power of ten that they are multiplied by.</param>
    /// <param name="value">The nearest double; of two equally near ones that with an even last bit.</param>
    internal static bool TryConvert(ulong digits, int exponent, out double value)
    {
        if (digits <= MostExactInteger && exponent is >= -MostExactPower and <= MostExactPower)
        {
            value = exponent < 0 ? digits / ExactPowers[-exponent] : digits * ExactPowers[exponent];
            return true;
        }

        value = 0;
        if (digits == 0)
        {
            return true;
        }

        if (exponent is < -PowersOfFive.Most or > PowersOfFive.Most)
        {
            return false;
        }

        value = Multiply(digits, exponent);
        return true;
    }

    // No result is subnormal or infinite: the powers that the table has are far from either.
    private static double Multiply(ulong digits, int exponent)
    {
        var shift = BitOperations.LeadingZeroCount(digits);
        digits <<= shift;
        var power = PowersOfFive.Of(exponent);
        var high = Math.BigMul(digits, (ulong)(power >> 64), out var low);
        const ulong rest = ulong.MaxValue >> DecidingBits;
        if ((high & rest) == rest)
        {
            // The lower half of the power could still carry into what decides.
            var carry = Math.BigMul(digits, (ulong)power, out _);
            low += carry;
            high += low < carry ? 1UL : 0;
        }

        var top = (int)(high >> 63);
        var drop = top + 64 - DecidingBits;
        var fraction = high >> drop;
        if (low <= 1 && exponent is >= LeastHalfwayPower and <= MostHalfwayPower && (fraction & 3) == 1 && fraction << drop == high)
        {
            // Exactly halfway, above an even number: not up.
            fraction &= ~1UL;
        }

        fraction = (fraction + (fraction & 1)) >> 1;
        var binary = PowersOfFive.BinaryExponent(exponent) + top - shift + ExponentBias;

        // Rounded up to the next power of two, the fraction is zero and the exponent one higher, which the sum gives by itself.
        return BitConverter.UInt64BitsToDouble(((ulong)binary << FractionBits) + (fraction - (1UL << FractionBits)));
    }
}
