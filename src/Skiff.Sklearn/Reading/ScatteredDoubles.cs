using System.Security.Cryptography;

namespace Skiff.Sklearn;

/// <summary>
/// Compares numbers by a hash that no file and no request can foresee. .NET's own of a double is the same in every process, and a million
/// categories with one hash would take a day to be put into a table.
/// </summary>
internal sealed class ScatteredDoubles : IEqualityComparer<double>
{
    private readonly ulong _seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private ScatteredDoubles()
    {
    }

    /// <summary>The comparer of this process.</summary>
    public static ScatteredDoubles Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(double x, double y) => x.Equals(y);

    /// <inheritdoc/>
    public int GetHashCode(double obj)
    {
        if (double.IsNaN(obj))
        {
            return 0;
        }

        // The two zeros are equal; adding the positive one makes them the same bits.
        var hash = (BitConverter.DoubleToUInt64Bits(obj + 0.0) ^ _seed) * (_seed | 1);
        hash ^= hash >> 32;
        return (int)((hash * (_seed | 1)) >> 32);
    }
}
