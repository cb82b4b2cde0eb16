using System.Text;

namespace Skiff.Sklearn.Tests.Hostile;

/// <summary>Keys that all have one hash: of the vocabulary's before it is seeded, and of .NET's for numbers.</summary>
internal static class HashFlood
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>Words of eight ASCII bytes, found by turning the hash round.</summary>
    public static List<string> Words(int count)
    {
        var inverse = Inverse(Multiplier);
        var words = new HashSet<string>(count);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        for (ulong low = 0; words.Count < count; low++)
        {
            // The hash is the high half of the last product; the low half is free.
            var mixed = ((0x5EED0000UL << 32) | low) * inverse;
            var before = mixed ^ (mixed >> 29);
            before ^= mixed >> 58;
            var word = (before * inverse) ^ unchecked(sizeof(ulong) * Multiplier);
            BitConverter.TryWriteBytes(bytes, word);
            if (!bytes.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
            {
                words.Add(Encoding.ASCII.GetString(bytes));
            }
        }

        return [.. words];
    }

    /// <summary>Numbers whose two halves cancel out.</summary>
    public static IEnumerable<double> Numbers(int count) =>
        Enumerable.Range(0, count).Select(i => BitConverter.Int64BitsToDouble(((0x40000000L + i) << 32) | (uint)(0x40000000 + i)));

    private static ulong Inverse(ulong odd)
    {
        // Newton's iteration doubles the number of right bits; any odd number is its own inverse in three of them.
        var inverse = odd;
        for (var i = 0; i < 5; i++)
        {
            inverse *= 2 - (odd * inverse);
        }

        return inverse;
    }
}
