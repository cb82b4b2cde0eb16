namespace Skiff.Registry;

/// <summary>
/// Decides which version serves when none is asked for. Python rewrites <c>latest/</c> in place, one file after the other; between any
/// two of its writes the answer must be the old version or the new one, and never new content under an old name:
/// <list type="number">
/// <item>content of one of <c>versions/</c> is that version, whatever the metadata beside it still says;</item>
/// <item>other content has the name that its metadata gives, once both have changed since the last good state;</item>
/// <item>in every other state the last good version stays.</item>
/// </list>
/// </summary>
internal sealed class LatestResolver(HashCache hashes)
{
    private const int MaxHistory = 4;

    /// <summary>How many settle times half a change waits for its other half, where nothing but time can tell that there is none.</summary>
    private const int QuietSettleTimes = 10;

    private readonly List<ServedState> _history = [];
    private long? _missingSince;
    private bool _cameFromFolder;

    private ServedState? Current => _history.Count > 0 ? _history[^1] : null;

    /// <summary>Decides for one look. <paramref name="problem"/> says why it is not what the folder says, if it is not.</summary>
    internal VersionEntry? Resolve(ModelScan scan, ScanClock clock, out string? problem)
    {
        try
        {
            return scan.Served is null ? ResolveMissing(scan, clock, out problem) : ResolveFolder(scan, scan.Served, clock, out problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file went away or was locked between being listed and being compared: the next look will tell.
            clock.HasPassed(clock.Now, clock.SettleTime);
            return Hold(scan, null, $"{scan.ServedName} cannot be read ({e.Message})", out problem);
        }
    }

    /// <summary>Takes the sums of what serves, so that a later rewrite with the same content is recognised as such.</summary>
    internal void TakeSums()
    {
        try
        {
            Current?.Content?.TakeSums(hashes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Already being rewritten: without sums the new content counts as other content, which is the careful reading.
        }
    }

    /// <summary>Takes back what could not be loaded.</summary>
    internal void Refuse(ArtifactSet artifacts) => _history.RemoveAll(state => ReferenceEquals(state.Entry.Artifacts, artifacts));

    private VersionEntry? ResolveMissing(ModelScan scan, ScanClock clock, out string? problem)
    {
        problem = null;
        if (_cameFromFolder && Current is { } current)
        {
            // Whoever promotes renames the old folder away and the new one in: between the two there is none.
            _missingSince ??= clock.Now;
            if (!clock.HasSettled(_missingSince.Value))
            {
                problem = $"{scan.ServedName} is not there; {current.Entry.Version} keeps serving";
                return current.Entry;
            }
        }

        _missingSince = null;
        if (scan.Highest() is not { } highest)
        {
            return Current is null ? null : Hold(scan, null, "no version is left", out problem);
        }

        _cameFromFolder = false;
        _history.Clear();
        _history.Add(new ServedState(highest, Content: null, MetadataHash: null, IsNamed: true));
        return highest;
    }

    private VersionEntry? ResolveFolder(ModelScan scan, FolderTrack folder, ScanClock clock, out string? problem)
    {
        _missingSince = null;
        if (!folder.IsSettled)
        {
            problem = Current is null ? null : $"{scan.ServedName} is being written; {Current.Entry.Version} keeps serving until it is whole";
            _cameFromFolder = true;
            return Current?.Entry;
        }

        _cameFromFolder = true;
        var content = folder.Seen!;
        var matches = FindMatches(scan, content);
        if (matches.Count > 0)
        {
            return TakeMatch(scan, matches, content, out problem);
        }

        return content.Reason is { } reason
            ? Hold(scan, content, $"{scan.ServedName}: {reason}", out problem)
            : TakeOwn(scan, folder, content, clock, out problem);
    }

    private VersionEntry? TakeMatch(ModelScan scan, List<KeyValuePair<string, FolderTrack>> matches, FolderContent content, out string? problem)
    {
        var servable = matches.FindAll(match => match.Value.Entry is { } entry && ReferenceEquals(entry.Artifacts, match.Value.Artifacts));
        if (servable.Count == 0)
        {
            return Hold(scan, null, $"{scan.ServedName} is a copy of {matches[^1].Key}, which cannot be served", out problem);
        }

        var chosen = servable.Find(match => match.Key == content.Metadata.Version).Value
            ?? servable.Find(match => match.Key == Current?.Entry.Version).Value
            ?? servable[^1].Value;
        var entry = chosen.Entry!;

        // While the content stays, metadata that names another version is ahead of it or behind: it does not count as seen yet.
        var isSame = Current?.Content?.IsSameAs(content.Artifacts, hashes) is true && entry.Version != content.Metadata.Version;
        Accept(new ServedState(entry, new ServedContent(content.Artifacts), isSame ? Current!.MetadataHash : content.Metadata.ContentHash, IsNamed: true));
        problem = null;
        return entry;
    }

    private VersionEntry? TakeOwn(ModelScan scan, FolderTrack folder, FolderContent content, ScanClock clock, out string? problem)
    {
        if (folder.IsRefused(folder.Artifacts))
        {
            return Hold(scan, content, $"{scan.ServedName} cannot be served ({folder.Reason})", out problem);
        }

        if (FindWrongSum(content) is { } file)
        {
            return Hold(scan, content, $"{scan.ServedName}/{file} does not have the SHA-256 sum that its metadata.json gives", out problem);
        }

        var name = content.Metadata.Version ?? scan.FallbackVersion;
        if (scan.Find(name) is { } other && (other.SettledArtifacts is not null || !other.IsSettled))
        {
            return Hold(scan, content, $"{scan.ServedName} holds a model that is none of versions/, and its metadata.json names {name}, which is another one", out problem);
        }

        if (FindHalf(folder, content, name, clock) is { } half)
        {
            return Hold(scan, content, $"{scan.ServedName}: {half}", out problem);
        }

        folder.Offer(scan.Name, name);
        Accept(new ServedState(folder.Entry!, new ServedContent(content.Artifacts), content.Metadata.ContentHash, content.Metadata.Version is not null));
        problem = null;
        return folder.Entry;
    }

    /// <summary>Says which half of a write is still missing, or null when this may be a whole one.</summary>
    private string? FindHalf(FolderTrack folder, FolderContent content, string name, ScanClock clock)
    {
        if (Current is not { Content: { } lastContent } last)
        {
            return null;
        }

        var sameMetadata = last.MetadataHash == content.Metadata.ContentHash;
        if (!lastContent.IsSameAs(content.Artifacts, hashes))
        {
            return content.Metadata.Version is null
                ? !last.IsNamed || IsQuiet(folder, clock) ? null : "the model has changed, but its metadata.json does not name it yet"
                : sameMetadata ? $"the model has changed, but its metadata.json still names {name}; it is taken when metadata.json is written" : null;
        }

        if (name == last.Entry.Version)
        {
            return null;
        }

        // The same content under another name: the new model may be on its way, or the name was mended by hand.
        return content.Metadata.Version is null || sameMetadata
            ? "metadata.json no longer names the version"
            : !last.IsNamed || IsQuiet(folder, clock)
                ? null
                : $"metadata.json names {name}, but the model is still that of {last.Entry.Version}";
    }

    private static bool IsQuiet(FolderTrack folder, ScanClock clock) => clock.HasPassed(folder.Since, QuietSettleTimes * clock.SettleTime);

    /// <summary>Keeps the last good version; where there is none yet, the nearest thing to it.</summary>
    private VersionEntry? Hold(ModelScan scan, FolderContent? content, string reason, out string? problem)
    {
        var named = content?.Metadata.Version is { } version ? scan.Find(version)?.Entry : null;
        var entry = Current?.Entry ?? named ?? scan.Highest();
        problem = RegistryProblem.Bound(entry is null ? reason : $"{reason}; {entry.Version} keeps serving");
        return entry;
    }

    private void Accept(ServedState state)
    {
        if (Current is { } current && ReferenceEquals(current.Entry.Artifacts, state.Entry.Artifacts))
        {
            _history[^1] = state;
            return;
        }

        _history.Add(state);
        if (_history.Count > MaxHistory)
        {
            _history.RemoveAt(0);
        }
    }

    private List<KeyValuePair<string, FolderTrack>> FindMatches(ModelScan scan, FolderContent content)
    {
        var matches = new List<KeyValuePair<string, FolderTrack>>();
        foreach (var version in scan.Versions)
        {
            if (version.Value.SettledArtifacts is { } artifacts && IsCopy(content, artifacts))
            {
                matches.Add(version);
            }
        }

        return matches;
    }

    /// <summary>Whether a folder holds all the artifacts of a version, and declares none that the version lacks.</summary>
    private bool IsCopy(FolderContent content, ArtifactSet version)
    {
        foreach (var stamp in content.Artifacts)
        {
            if (!version.Artifacts.Any(other => other.Name == stamp.Name))
            {
                return false;
            }
        }

        var pairs = new List<(FileStamp Here, FileStamp There)>();
        foreach (var there in version.Artifacts)
        {
            var here = content.Artifacts.FirstOrDefault(stamp => stamp.Name == there.Name)
                ?? FileStamp.Take(there.Name, Path.Join(content.RealDirectory, there.Name));
            if (here is null || here.Length != there.Length)
            {
                return false;
            }

            pairs.Add((here, there));
        }

        return pairs.TrueForAll(pair => pair.Here.RealPath == pair.There.RealPath || hashes.Get(pair.Here) == hashes.Get(pair.There));
    }

    private string? FindWrongSum(FolderContent content)
    {
        foreach (var stamp in content.Artifacts)
        {
            if (content.Metadata.Sha256.TryGetValue(stamp.Name, out var sum) && hashes.Get(stamp) != sum)
            {
                return stamp.Name;
            }
        }

        return null;
    }
}
