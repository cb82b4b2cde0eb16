using Skiff.Numerics;

namespace Skiff.Python.Unicode;

/// <summary>The generated case mappings: a distance to the mapped character, or the place of several.</summary>
internal static class CaseMapping
{
    /// <summary>A mapping from here on is the place, in the table of expansions, of a length and that many characters.</summary>
    internal const int Several = 0x1000000;

    internal static void Append(int codePoint, int mapping, ByteBuffer destination)
    {
        if (mapping < Several)
        {
            destination.AppendCodePoint(codePoint + mapping);
            return;
        }

        var expansion = CharacterTable.Expansions[(mapping - Several)..];
        foreach (var part in expansion.Slice(1, expansion[0]))
        {
            destination.AppendCodePoint(part);
        }
    }

    internal static void AppendUpper(int codePoint, ByteBuffer destination) =>
        Append(codePoint, CharacterTable.Upper[CharacterTable.Find(codePoint)], destination);

    internal static void AppendTitle(int codePoint, ByteBuffer destination) =>
        Append(codePoint, CharacterTable.Title[CharacterTable.Find(codePoint)], destination);

    internal static void AppendFold(int codePoint, ByteBuffer destination) =>
        Append(codePoint, CharacterTable.Fold[CharacterTable.Find(codePoint)], destination);

    /// <summary>Lower case in its place: a capital sigma that ends a word becomes the final one.</summary>
    /// <param name="text">The whole text, before any mapping.</param>
    /// <param name="start">Where the character starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="codePoint">The character.</param>
    /// <param name="destination">Appended to.</param>
    internal static void AppendLower(ReadOnlySpan<byte> text, int start, int end, int codePoint, ByteBuffer destination)
    {
        const int CapitalSigma = 0x3A3;
        const int FinalSigma = 0x3C2;
        if (codePoint == CapitalSigma && EndsWord(text, start, end))
        {
            destination.AppendCodePoint(FinalSigma);
            return;
        }

        Append(codePoint, CharacterTable.Lower[CharacterTable.Find(codePoint)], destination);
    }

    private static bool EndsWord(ReadOnlySpan<byte> text, int start, int end)
    {
        var flags = CharacterFlags.CaseIgnorable;
        while (start > 0 && (flags & CharacterFlags.CaseIgnorable) != 0)
        {
            flags = UnicodeData.Flags(Utf8.DecodeBefore(text, ref start));
        }

        if ((flags & (CharacterFlags.Cased | CharacterFlags.CaseIgnorable)) != CharacterFlags.Cased)
        {
            return false;
        }

        flags = CharacterFlags.CaseIgnorable;
        while (end < text.Length && (flags & CharacterFlags.CaseIgnorable) != 0)
        {
            flags = UnicodeData.Flags(Utf8.Decode(text, ref end));
        }

        return (flags & (CharacterFlags.Cased | CharacterFlags.CaseIgnorable)) != CharacterFlags.Cased;
    }
}
