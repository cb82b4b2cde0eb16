namespace Skiff.Registry;

/// <summary>What is known of one model from look to look.</summary>
internal sealed class ModelTrack(HashCache hashes)
{
    internal Dictionary<string, FolderTrack> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>The <c>latest/</c> folder, or the model's own when it is one version.</summary>
    internal FolderTrack? Served { get; set; }

    internal LatestResolver Latest { get; } = new(hashes);

    internal ModelEntry? Entry { get; set; }

    internal IReadOnlyList<RegistryProblem> Problems { get; set; } = [];

    internal long? MissingSince { get; set; }

    /// <summary>
    /// Whether there is nothing yet that could become a version: a folder in which the first one is being put together, or where that was cut off.
    /// It is no model, and nobody waits for it to be ready.
    /// </summary>
    internal bool IsEmpty => Versions.Count == 0 && Served is null && Entry is null or { Latest: null, Versions: [], Unservable: [] };

    /// <summary>What is known of a version's folder; nothing yet where it is new.</summary>
    internal FolderTrack VersionOf(string name)
    {
        if (!Versions.TryGetValue(name, out var version))
        {
            Versions.Add(name, version = new FolderTrack());
        }

        return version;
    }

    internal void Refuse(ArtifactSet artifacts, string reason)
    {
        foreach (var version in Versions.Values)
        {
            version.Refuse(artifacts, reason);
        }

        Served?.Refuse(artifacts, reason);
        Latest.Refuse(artifacts);
    }
}
