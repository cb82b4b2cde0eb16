namespace Skiff.Registry;

/// <summary>What is known of one folder from look to look: what it holds, since when, and what of it was offered for serving.</summary>
internal sealed class FolderTrack
{
    private long _since;
    private VersionEntry? _previous;
    private string? _refusal;
    private ArtifactSet? _refused;

    /// <summary>What the folder held when it was last looked at.</summary>
    internal FolderContent? Seen { get; private set; }

    /// <summary>Whether <see cref="Seen"/> counts as written.</summary>
    internal bool IsSettled { get; private set; }

    /// <summary>The files of the last settled state that had a model, offered or refused.</summary>
    internal ArtifactSet? Artifacts { get; private set; }

    /// <summary>The files that are there now, when they are settled and have a model.</summary>
    internal ArtifactSet? SettledArtifacts => IsSettled && Seen!.Reason is null ? Artifacts : null;

    /// <summary>What is offered: the last settled state that was not refused.</summary>
    internal VersionEntry? Entry { get; private set; }

    /// <summary>Since when <see cref="Seen"/> has been as it is.</summary>
    internal long Since => _since;

    /// <summary>Why the state that is there now is not offered, or null.</summary>
    internal string? Reason =>
        !IsSettled ? null
        : Seen!.Reason ?? (_refused is not null && ReferenceEquals(_refused, Artifacts) ? _refusal : null);

    /// <summary>When the folder was first missing, if it is.</summary>
    internal long? MissingSince { get; set; }

    internal void Observe(FolderContent content, ScanClock clock, Func<string, IReadOnlyList<string>> functionPaths, LinkGuard links)
    {
        MissingSince = null;
        if (Seen is null || !Seen.SameStampsAs(content))
        {
            _since = clock.Now;
            IsSettled = clock.IsOld(content.NewestUtc()) || HasItsSums(content);
        }

        Seen = content;
        IsSettled = IsSettled || clock.HasSettled(_since);
        if (IsSettled && content.Reason is null && Artifacts?.SameFilesAs(content.Directory, content) is not true)
        {
            Artifacts = new ArtifactSet(content.Directory, content, functionPaths(content.Directory), links);
        }
    }

    /// <summary>Offers the settled state under a name, or keeps what is offered when there is none.</summary>
    internal void Offer(string model, string version)
    {
        if (!IsSettled || Seen!.Reason is not null)
        {
            Entry = IsSettled ? null : Entry;
            return;
        }

        if (ReferenceEquals(_refused, Artifacts)
            || (Entry is { } entry && ReferenceEquals(entry.Artifacts, Artifacts) && ReferenceEquals(entry.Metadata, Seen.Metadata) && entry.Version == version))
        {
            return;
        }

        _previous = ReferenceEquals(Entry?.Artifacts, Artifacts) ? _previous : Entry;
        Entry = new VersionEntry(model, version, Artifacts!, Seen.Metadata);
    }

    /// <summary>Takes back what could not be loaded; what was offered before it is offered again.</summary>
    internal void Refuse(ArtifactSet artifacts, string reason)
    {
        if (ReferenceEquals(artifacts, Artifacts))
        {
            _refused = artifacts;
            _refusal = RegistryProblem.Bound(reason);
        }

        _previous = ReferenceEquals(_previous?.Artifacts, artifacts) ? null : _previous;
        if (ReferenceEquals(Entry?.Artifacts, artifacts))
        {
            Entry = _previous;
            _previous = null;
        }
    }

    internal bool IsRefused(ArtifactSet? artifacts) => artifacts is not null && ReferenceEquals(_refused, artifacts);

    private static bool HasItsSums(FolderContent content)
    {
        if (content.Reason is not null || content.Metadata.Sha256.Count == 0)
        {
            return false;
        }

        try
        {
            return content.Artifacts.All(
                stamp => content.Metadata.Sha256.TryGetValue(stamp.Name, out var sum) && FileHash.Compute(stamp.RealPath) == sum);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
