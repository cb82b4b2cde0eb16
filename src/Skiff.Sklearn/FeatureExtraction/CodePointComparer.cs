namespace Skiff.Sklearn;

/// <summary>Orders texts by code point, as Python's <c>sorted</c> does; UTF-16 order differs above U+FFFF.</summary>
internal sealed class CodePointComparer : IComparer<string>
{
    public static CodePointComparer Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var length = Math.Min(x!.Length, y!.Length);
        for (var i = 0; i < length; i++)
        {
            if (x[i] != y[i])
            {
                var surrogates = char.IsSurrogate(x[i]).CompareTo(char.IsSurrogate(y[i]));
                return surrogates != 0 ? surrogates : x[i].CompareTo(y[i]);
            }
        }

        return x.Length.CompareTo(y.Length);
    }
}
