using System.Security.Cryptography;

namespace Skiff.Pickle;

/// <summary>Compares numbers by a hash that no file can foresee, so that none can make all of its own fall into one place of a table.</summary>
internal sealed class ScatteredNumbers : IEqualityComparer<long>
{
    private readonly ulong _seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private ScatteredNumbers()
    {
    }

    /// <summary>The comparer of this process.</summary>
    public static ScatteredNumbers Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(long x, long y) => x == y;

    /// <inheritdoc/>
    public int GetHashCode(long obj)
    {
        // The low half of a product with an unknown odd factor is what a table's modulus takes; the high half scatters it.
        var hash = ((ulong)obj ^ _seed) * (_seed | 1);
        hash ^= hash >> 32;
        return (int)((hash * (_seed | 1)) >> 32);
    }
}
