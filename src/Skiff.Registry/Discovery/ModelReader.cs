namespace Skiff.Registry;

/// <summary>Looks through one model's folder and brings its <see cref="ModelTrack"/> up to date.</summary>
internal sealed class ModelReader(RegistryOptions options, LinkGuard links)
{
    internal const string VersionsFolder = "versions";
    internal const string LatestFolder = "latest";

    /// <summary>The version of a model that is one folder without a name in it, as KServe mounts them.</summary>
    private const string OnlyVersion = "1";

    /// <summary>Whether a folder is laid out as a model.</summary>
    internal static bool IsModel(FolderListing folder) =>
        IsVersioned(folder) || FolderReader.HoldsModel(folder);

    /// <summary>Whether a folder keeps versions of its model.</summary>
    internal static bool IsVersioned(FolderListing folder) =>
        folder.HasFolder(VersionsFolder) || folder.HasFolder(LatestFolder) || folder.SetAside is not null;

    /// <exception cref="IOException">A folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be listed.</exception>
    internal ModelEntry Read(string name, FoundModel model, ModelTrack track, ScanClock clock)
    {
        var problems = new List<RegistryProblem>();
        var folder = model.Folder;
        if (model.Mlflow is { } mlflow)
        {
            return ReadMlflow(name, mlflow, track, clock, problems);
        }

        var isVersioned = IsVersioned(folder);
        IReadOnlyList<string> Functions(string directory) => FunctionPaths(directory, folder.FullPath);

        var versions = ReadVersions(name, folder, track, clock, Functions, problems);
        ReadServed(isVersioned ? LatestListing(folder) : folder, track, clock, Functions);
        var scan = new ModelScan(
            name,
            folder.FullPath,
            versions,
            track.Served,
            isVersioned ? LatestFolder : "the model's folder",
            isVersioned ? LatestFolder : OnlyVersion);
        var latest = track.Latest.Resolve(scan, clock, out var problem);
        if (problem is not null)
        {
            problems.Add(new RegistryProblem(name, null, Relative(isVersioned ? Path.Join(folder.FullPath, LatestFolder) : folder.FullPath), problem));
        }

        return Build(scan, latest, track, problems, []);
    }

    private ModelEntry ReadMlflow(string name, MlflowModel model, ModelTrack track, ScanClock clock, List<RegistryProblem> problems)
    {
        var versions = new List<KeyValuePair<string, FolderTrack>>();
        var unreachable = new List<UnservableVersion>();
        foreach (var version in model.Versions)
        {
            if (version.Folder is null)
            {
                unreachable.Add(new UnservableVersion(version.Name, version.Problem!));
                problems.Add(new RegistryProblem(name, version.Name, Relative(model.Folder.FullPath), version.Problem!));
                continue;
            }

            var folder = track.VersionOf(version.Name);
            Observe(version.Folder, folder, clock, directory => FunctionPaths(directory, model.Folder.FullPath));
            folder.Offer(name, version.Name);
            versions.Add(new(version.Name, folder));
        }

        DropMissing(track.Versions, [.. versions.Select(version => version.Key)], clock);
        var scan = new ModelScan(name, model.Folder.FullPath, versions, Served: null, LatestFolder, LatestFolder) { ServedVersion = model.Served };
        track.Served = null;
        var latest = track.Latest.Resolve(scan, clock, out var problem);
        if (problem is not null)
        {
            problems.Add(new RegistryProblem(name, null, Relative(model.Folder.FullPath), problem));
        }

        return Build(scan, latest, track, problems, unreachable);
    }

    private ModelEntry Build(ModelScan scan, VersionEntry? latest, ModelTrack track, List<RegistryProblem> problems, List<UnservableVersion> unservable)
    {
        var served = new List<VersionEntry>();
        foreach (var (version, folder) in scan.Versions)
        {
            AddVersion(scan.Name, version, folder, served, unservable, problems);
        }

        if (latest is not null && !served.Exists(entry => entry.Version == latest.Version))
        {
            unservable.RemoveAll(version => version.Version == latest.Version);
            served.Add(latest);
            served.Sort((a, b) => VersionOrder.Instance.Compare(a.Version, b.Version));
            AddWarnings(latest, problems);
        }
        else if (latest is null && scan.Served is { Reason: { } reason } folder)
        {
            AddUnservable(folder.Seen?.Metadata.Version ?? scan.FallbackVersion, reason, unservable);
        }

        var entry = new ModelEntry(scan.Name, scan.Directory, served, latest, unservable);
        track.Entry = track.Entry?.SameAs(entry) is true ? track.Entry : entry;
        track.Problems = problems;
        return track.Entry;
    }

    private void AddVersion(
        string model, string version, FolderTrack folder, List<VersionEntry> served, List<UnservableVersion> unservable, List<RegistryProblem> problems)
    {
        if (folder.Entry is { } entry)
        {
            served.Add(entry);
            AddWarnings(entry, problems);
        }
        else if (folder.Reason is { } missing)
        {
            AddUnservable(version, missing, unservable);
        }

        if (folder.Reason is { } reason)
        {
            problems.Add(new RegistryProblem(model, version, Relative(folder.Seen!.Directory), reason));
        }
    }

    private static void AddUnservable(string version, string reason, List<UnservableVersion> unservable)
    {
        if (!unservable.Exists(other => other.Version == version))
        {
            unservable.Add(new UnservableVersion(version, reason));
        }
    }

    private void AddWarnings(VersionEntry entry, List<RegistryProblem> problems)
    {
        foreach (var warning in (IEnumerable<string>)[.. entry.Metadata.Warnings, .. entry.Artifacts.Mlflow?.Problem is { } problem ? [problem] : Array.Empty<string>()])
        {
            problems.Add(new RegistryProblem(entry.Model, entry.Version, Relative(entry.Artifacts.Directory), warning));
        }
    }

    private List<KeyValuePair<string, FolderTrack>> ReadVersions(
        string model,
        FolderListing folder,
        ModelTrack track,
        ScanClock clock,
        Func<string, IReadOnlyList<string>> functions,
        List<RegistryProblem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var listing = folder.Enter(VersionsFolder, links);
        foreach (var item in listing?.Items.Values ?? [])
        {
            if (!item.IsDirectory || !SafeName.IsVersion(item.Name))
            {
                continue;
            }

            seen.Add(item.Name);
            ReadVersion(model, item.Name, listing!, track.VersionOf(item.Name), clock, functions, problems);
        }

        foreach (var refused in listing?.Refused ?? [])
        {
            problems.Add(new RegistryProblem(model, null, Relative(listing!.FullPath), refused));
        }

        DropMissing(track.Versions, seen, clock);
        return [.. track.Versions.OrderBy(version => version.Key, VersionOrder.Instance)];
    }

    private void ReadVersion(
        string model,
        string name,
        FolderListing parent,
        FolderTrack version,
        ScanClock clock,
        Func<string, IReadOnlyList<string>> functions,
        List<RegistryProblem> problems)
    {
        try
        {
            Observe(parent.Enter(name, links)!, version, clock, functions);
            version.Offer(model, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new RegistryProblem(model, name, Relative(Path.Join(parent.FullPath, name)), RegistryProblem.Bound(e.Message)));
        }
    }

    private void ReadServed(FolderListing? listing, ModelTrack track, ScanClock clock, Func<string, IReadOnlyList<string>> functions)
    {
        if (listing is null)
        {
            track.Served = null;
            return;
        }

        track.Served ??= new FolderTrack();
        Observe(listing, track.Served, clock, functions);
    }

    private void Observe(FolderListing listing, FolderTrack track, ScanClock clock, Func<string, IReadOnlyList<string>> functions) =>
        track.Observe(FolderReader.Read(listing, track.IsSettled ? track.Seen : null, links), clock, functions, links);

    // A promotion moves latest/ aside and the new one in. Where it was cut off in between, the old one still counts.
    private FolderListing? LatestListing(FolderListing folder) => folder.Enter(LatestFolder, links) ?? folder.EnterSetAside(links);

    private static void DropMissing(Dictionary<string, FolderTrack> tracks, HashSet<string> seen, ScanClock clock)
    {
        foreach (var (name, track) in tracks)
        {
            if (seen.Contains(name))
            {
                continue;
            }

            track.MissingSince ??= clock.Now;
            if (clock.HasSettled(track.MissingSince.Value))
            {
                tracks.Remove(name);
            }
        }
    }

    private List<string> FunctionPaths(string versionFolder, string modelFolder)
    {
        var paths = new List<string>();
        string[] mlflowCode = File.Exists(Path.Join(versionFolder, MlModelFile.FileName)) ? [Path.Join(versionFolder, "code")] : [];
        foreach (var path in (IEnumerable<string>)[versionFolder, .. mlflowCode, modelFolder, links.Root, .. options.PythonPath.Select(Path.GetFullPath)])
        {
            if (!paths.Contains(path))
            {
                paths.Add(path);
            }
        }

        return paths;
    }

    private string Relative(string path) => Path.GetRelativePath(links.Root, path).Replace('\\', '/');
}
