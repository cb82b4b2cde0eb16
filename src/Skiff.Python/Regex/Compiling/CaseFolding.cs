using Skiff.Python.Unicode;

namespace Skiff.Python.Regex;

/// <summary>How characters compare without case.</summary>
internal enum CaseFolding
{
    None,
    Ascii,
    Unicode,
}

/// <summary>What <c>re</c> does to compare without case: it lowers, and knows a few more pairs.</summary>
internal static class CaseFoldingExtensions
{
    internal static CaseFolding Of(PyRegexFlags flags) =>
        (flags & PyRegexFlags.IgnoreCase) == 0 ? CaseFolding.None
        : (flags & PyRegexFlags.Unicode) != 0 ? CaseFolding.Unicode : CaseFolding.Ascii;

    internal static int Lower(this CaseFolding folding, int codePoint) => folding switch
    {
        CaseFolding.Unicode => UnicodeData.ToLower(codePoint),
        CaseFolding.Ascii => codePoint is >= 'A' and <= 'Z' ? codePoint | 0x20 : codePoint,
        _ => codePoint,
    };

    internal static bool IsCased(this CaseFolding folding, int codePoint) => folding switch
    {
        CaseFolding.Unicode => UnicodeData.Has(codePoint, CharacterFlags.HasCase),
        CaseFolding.Ascii => codePoint is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'),
        _ => false,
    };

    /// <summary>Other lower case characters that have the same upper case as this one, after lowering.</summary>
    internal static ReadOnlySpan<ushort> ExtraCases => CharacterTable.ExtraCases;
}
