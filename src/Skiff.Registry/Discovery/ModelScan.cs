namespace Skiff.Registry;

/// <summary>One model as one look found it.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Directory">Its folder.</param>
/// <param name="Versions">Its versions, lowest first.</param>
/// <param name="Served">The folder that says what serves: <c>latest/</c>, or the model's own. Null when there is none.</param>
/// <param name="ServedName">What that folder is called in messages.</param>
/// <param name="FallbackVersion">The name of a version whose metadata gives none.</param>
internal sealed record ModelScan(
    string Name,
    string Directory,
    IReadOnlyList<KeyValuePair<string, FolderTrack>> Versions,
    FolderTrack? Served,
    string ServedName,
    string FallbackVersion)
{
    internal FolderTrack? Find(string version)
    {
        foreach (var (name, track) in Versions)
        {
            if (string.Equals(name, version, StringComparison.Ordinal))
            {
                return track;
            }
        }

        return null;
    }

    /// <summary>The version that something beside the folders says to serve, or null.</summary>
    internal string? ServedVersion { get; init; }

    /// <summary>The version that is said to be served, and no other; where none is, the highest that can be served.</summary>
    internal VersionEntry? Highest() => ServedVersion is not null
        ? Find(ServedVersion)?.Entry
        : Versions.LastOrDefault(version => version.Value.Entry is not null).Value?.Entry;
}
