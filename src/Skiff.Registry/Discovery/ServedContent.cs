namespace Skiff.Registry;

/// <summary>The content of the folder that serves, to be compared with what it holds later. Its sums are taken when they are needed.</summary>
internal sealed class ServedContent(IReadOnlyList<FileStamp> artifacts)
{
    private string? _key;

    /// <summary>Takes the sums now, while the files are still what was served.</summary>
    internal void TakeSums(HashCache hashes) => _key ??= Key(artifacts, hashes);

    /// <summary>Whether these files have the same content. Without sums of then, only the very same files do.</summary>
    internal bool IsSameAs(IReadOnlyList<FileStamp> others, HashCache hashes)
    {
        if (artifacts.SequenceEqual(others))
        {
            return true;
        }

        _key ??= artifacts.All(stamp => hashes.Peek(stamp) is not null) ? Key(artifacts, hashes) : null;
        return _key is not null && _key == Key(others, hashes);
    }

    private static string Key(IReadOnlyList<FileStamp> stamps, HashCache hashes) =>
        string.Join('\n', stamps.Select(stamp => $"{hashes.Get(stamp)} {stamp.Name}"));
}
