namespace Skiff.Python.Unicode;

/// <summary>Decomposes one character wholly, canonically or by compatibility.</summary>
internal static class Decomposer
{
    internal const int HangulFirst = 0xAC00;
    internal const int HangulCount = 11172;
    internal const int LeadFirst = 0x1100;
    internal const int VowelFirst = 0x1161;
    internal const int TrailFirst = 0x11A7;
    internal const int VowelCount = 21;
    internal const int TrailCount = 28;

    /// <summary>No character decomposes into more than this (U+FDFA).</summary>
    internal const int LongestExpansion = 18;

    /// <summary>Whether a character is its own decomposition by compatibility.</summary>
    internal static bool IsWhole(int codePoint) =>
        DecompositionTable.Find(codePoint) == 0 && (uint)(codePoint - HangulFirst) >= HangulCount;

    /// <summary>Writes the full decomposition and returns how many code points it has.</summary>
    internal static int Decompose(int codePoint, bool compatibility, Span<int> destination)
    {
        if ((uint)(codePoint - HangulFirst) < HangulCount)
        {
            return Hangul(codePoint - HangulFirst, destination);
        }

        // Mappings nest a few levels; what is left to do waits on a stack that no mapping can outgrow.
        Span<int> waiting = stackalloc int[4 * LongestExpansion];
        waiting[0] = codePoint;
        var depth = 1;
        var count = 0;
        while (depth > 0)
        {
            var next = waiting[--depth];
            var data = DecompositionTable.Data[DecompositionTable.Find(next)..];
            if (data[0] == 0 || (data[0] > 0xFF && !compatibility))
            {
                destination[count++] = next;
                continue;
            }

            var units = data.Slice(1, data[0] & 0xFF);
            var first = depth;
            for (var i = 0; i < units.Length;)
            {
                waiting[depth++] = Next(units, ref i);
            }

            waiting[first..depth].Reverse();
        }

        return count;
    }

    /// <summary>The next code point of UTF-16 that holds no lone surrogates.</summary>
    internal static int Next(ReadOnlySpan<ushort> units, ref int index)
    {
        int unit = units[index++];
        return unit is < 0xD800 or > 0xDBFF ? unit : 0x10000 + ((unit - 0xD800) << 10) + (units[index++] - 0xDC00);
    }

    private static int Hangul(int index, Span<int> destination)
    {
        destination[0] = LeadFirst + (index / (VowelCount * TrailCount));
        destination[1] = VowelFirst + (index % (VowelCount * TrailCount) / TrailCount);
        var trail = index % TrailCount;
        destination[2] = TrailFirst + trail;
        return trail == 0 ? 2 : 3;
    }
}
