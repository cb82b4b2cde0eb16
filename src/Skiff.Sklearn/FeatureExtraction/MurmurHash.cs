using System.Buffers.Binary;
using System.Numerics;

namespace Skiff.Sklearn;

/// <summary>MurmurHash3, x86, 32 bits, which scikit-learn's <c>FeatureHasher</c> uses with seed 0.</summary>
internal static class MurmurHash
{
    public static int Hash32(ReadOnlySpan<byte> bytes)
    {
        const uint C1 = 0xcc9e2d51;
        const uint C2 = 0x1b873593;
        uint hash = 0;
        var length = (uint)bytes.Length;
        while (bytes.Length >= sizeof(uint))
        {
            hash ^= BitOperations.RotateLeft(BinaryPrimitives.ReadUInt32LittleEndian(bytes) * C1, 15) * C2;
            hash = (BitOperations.RotateLeft(hash, 13) * 5) + 0xe6546b64;
            bytes = bytes[sizeof(uint)..];
        }

        uint tail = 0;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            tail = (tail << 8) | bytes[i];
        }

        hash ^= BitOperations.RotateLeft(tail * C1, 15) * C2;
        hash ^= length;
        hash ^= hash >> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >> 13;
        hash *= 0xc2b2ae35;
        return (int)(hash ^ (hash >> 16));
    }
}
