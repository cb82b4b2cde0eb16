namespace Skiff.Registry;

/// <summary>Which names out of a file or a command line may stand for a version or a file.</summary>
internal static class SafeName
{
    internal const int MaxLength = 200;

    /// <summary>Whether a text may name a version: one part of a path, printable, not hidden, of bounded length.</summary>
    internal static bool IsVersion(string name) =>
        name.Length is > 0 and <= MaxLength
        && name[0] != '.'
        && name.AsSpan().IndexOfAny('/', '\\') < 0
        && !HasControl(name);

    /// <summary>Whether a text may name a file inside a folder: a relative path with forward slashes that does not climb out.</summary>
    internal static bool IsFile(string path)
    {
        if (path.Length is 0 or > MaxLength || path.Contains('\\', StringComparison.Ordinal) || HasControl(path) || Path.IsPathRooted(path))
        {
            return false;
        }

        foreach (var range in path.AsSpan().Split('/'))
        {
            if (path.AsSpan(range) is "" or "." or "..")
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The file of an artifact entry: <c>bundle.pkl</c> of <c>bundle.pkl#model</c>.</summary>
    internal static string FileOf(string entry)
    {
        var hash = entry.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? entry : entry[..hash];
    }

    private static bool HasControl(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0 || text.Contains('\x7f', StringComparison.Ordinal);
}
