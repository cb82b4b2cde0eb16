namespace Skiff.Python.Regex;

/// <summary>A category escape.</summary>
internal enum SetCategory : byte
{
    None,
    Digit,
    NotDigit,
    Space,
    NotSpace,
    Word,
    NotWord,
}

/// <summary>A part of a set: a category, or the characters from low to high.</summary>
internal readonly record struct SetItem(SetCategory Category, int Low, int High)
{
    internal static SetItem Of(SetCategory category) => new(category, 0, 0);

    internal static SetItem Of(int codePoint) => new(SetCategory.None, codePoint, codePoint);
}
