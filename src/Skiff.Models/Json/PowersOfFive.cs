using System.Numerics;

namespace Skiff.Models;

/// <summary>The first 128 bits of powers of five, the highest of them set.</summary>
internal static class PowersOfFive
{
    /// <summary>Powers from minus this to this are known.</summary>
    internal const int Most = 64;

    private const int Bits = 128;

    private static readonly UInt128[] Powers = Compute();

    /// <summary>The first bits of a power: cut off above one, the next higher below.</summary>
    internal static UInt128 Of(int exponent) => Powers[exponent + Most];

    /// <summary>The exponent of the power of two that is not greater than ten to a power, with 63 added for the place of the first bit.</summary>
    /// <remarks>217706 / 65536 is the logarithm of ten to the base of two, near enough for exponents below 1,650.</remarks>
    internal static int BinaryExponent(int exponent) => ((217706 * exponent) >> 16) + 63;

    private static UInt128[] Compute()
    {
        var powers = new UInt128[(2 * Most) + 1];
        for (var i = 0; i <= Most; i++)
        {
            var power = BigInteger.Pow(5, i);
            var length = (int)power.GetBitLength();
            powers[Most + i] = (UInt128)(length > Bits ? power >> (length - Bits) : power << (Bits - length));
            powers[Most - i] = i == 0 ? powers[Most] : (UInt128)(((BigInteger.One << (length + Bits - 1)) / power) + 1);
        }

        return powers;
    }
}
