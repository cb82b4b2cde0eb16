namespace Skiff.Python.Unicode;

/// <summary>Puts two characters together where Unicode has one for both.</summary>
internal static class Composer
{
    /// <summary>The composed character, or -1.</summary>
    internal static int Compose(int first, int second)
    {
        var lead = first - Decomposer.LeadFirst;
        var vowel = second - Decomposer.VowelFirst;
        if ((uint)lead < 19 && (uint)vowel < Decomposer.VowelCount)
        {
            return Decomposer.HangulFirst + (((lead * Decomposer.VowelCount) + vowel) * Decomposer.TrailCount);
        }

        var syllable = first - Decomposer.HangulFirst;
        var trail = second - Decomposer.TrailFirst;
        if ((uint)syllable < Decomposer.HangulCount && syllable % Decomposer.TrailCount == 0 && trail is > 0 and < Decomposer.TrailCount)
        {
            return first + trail;
        }

        var place = DecompositionTable.Firsts.BinarySearch(first);
        if (place < 0)
        {
            return -1;
        }

        var pairs = DecompositionTable.Pairs[(2 * DecompositionTable.Starts[place])..(2 * DecompositionTable.Starts[place + 1])];
        for (var i = 0; i < pairs.Length; i += 2)
        {
            if (pairs[i] == second)
            {
                return pairs[i + 1];
            }
        }

        return -1;
    }
}
