namespace Skiff.Registry;

/// <summary>The registered models of an MLflow file store.</summary>
internal sealed class RegisteredModels(MlflowStore store, FolderListing root, LinkGuard links)
{
    private const string VersionPrefix = "version-";
    private const string Champion = "champion";

    // A path out of another machine is matched by its last parts; fewer than a run and its folder would match by accident.
    private const int MinimumParts = 2;

    internal Dictionary<string, MlflowModel> Find()
    {
        var found = new Dictionary<string, MlflowModel>(StringComparer.Ordinal);
        foreach (var (name, folder) in root.Enter(MlflowStore.ModelsFolder, links)?.Folders(links) ?? [])
        {
            var versions = folder.HasFile(MlflowStore.MetaFile) ? ReadVersions(folder) : [];
            if (versions.Count > 0)
            {
                found.Add(name, new MlflowModel(folder, [.. versions.Select(version => version.Version)], ServedOf(folder, versions)));
            }
        }

        return found;
    }

    private List<(MlflowVersion Version, string? Stage)> ReadVersions(FolderListing model)
    {
        var versions = new List<(MlflowVersion Version, string? Stage)>();
        foreach (var (name, folder) in model.Folders(links, static name => name.StartsWith(VersionPrefix, StringComparison.Ordinal)))
        {
            var version = name[VersionPrefix.Length..];
            var meta = store.Read(folder, MlflowStore.MetaFile, path => YamlReader.Read(path, out _) ?? new Dictionary<string, object?>());
            var stage = meta?.GetValueOrDefault("current_stage") as string;
            if (meta is null || stage == "Deleted_Internal" || !SafeName.IsVersion(version))
            {
                continue;
            }

            var source = meta.GetValueOrDefault("storage_location") as string is { Length: > 0 } location ? location : meta.GetValueOrDefault("source") as string;
            versions.Add((Locate(version, source), stage));
        }

        versions.Sort((a, b) => VersionOrder.Instance.Compare(a.Version.Name, b.Version.Name));
        return versions;
    }

    // What teams mark as the one to serve: the alias "champion", else the newest in the stage Production.
    private string? ServedOf(FolderListing model, List<(MlflowVersion Version, string? Stage)> versions)
    {
        var champion = model.Enter("aliases", links) is { } aliases ? store.Read(aliases, Champion, File.ReadAllText)?.Trim() : null;
        return versions.Exists(version => version.Version.Name == champion)
            ? champion
            : versions.FindLast(version => version.Stage == "Production").Version?.Name;
    }

    private MlflowVersion Locate(string version, string? source)
    {
        if (source is null)
        {
            return new MlflowVersion(version, null, $"{MlflowStore.MetaFile} names no source");
        }

        if (source.StartsWith("runs:/", StringComparison.Ordinal))
        {
            var parts = source["runs:/".Length..].Split('/', 2);
            return Found(version, source, parts.Length == 2 ? BelowExperiments(Path.Join(parts[0], MlflowStore.ArtifactsFolder, parts[1])) : null);
        }

        if (source.StartsWith("models:/m-", StringComparison.Ordinal))
        {
            return Found(version, source, BelowExperiments(Path.Join(MlflowStore.ModelsFolder, source["models:/".Length..], MlflowStore.ArtifactsFolder)));
        }

        var scheme = source.IndexOf(":/", StringComparison.Ordinal);
        var path = scheme > 1 && source[..scheme] is "file" or "mlflow-artifacts" ? Uri.UnescapeDataString(source[(scheme + 2)..]) : scheme > 1 ? null : source;
        return Found(version, source, path is null ? null : BySuffix(path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries)));
    }

    private static MlflowVersion Found(string version, string source, FolderListing? folder) => folder is not null
        ? new MlflowVersion(version, folder, null)
        : new MlflowVersion(version, null, RegistryProblem.Bound($"its files are at {source}, which is not below this registry; copy or mount them"));

    private FolderListing? BelowExperiments(string below) =>
        root.Items.Values.Where(item => item.IsDirectory).Select(item => Enter(Path.Join(item.Name, below))).FirstOrDefault(folder => folder is not null);

    // The store may have been written elsewhere: /home/me/mlruns/0/RUN/artifacts/model is 0/RUN/artifacts/model of a root that is that mlruns.
    private FolderListing? BySuffix(string[] parts)
    {
        for (var first = 0; first <= parts.Length - MinimumParts; first++)
        {
            if (Enter(Path.Join(parts[first..])) is { } folder)
            {
                return folder;
            }
        }

        return null;
    }

    private FolderListing? Enter(string relative) =>
        SafeName.IsFile(relative) && links.Resolve(Path.Join(root.RealPath, relative), out _) is { } real && File.Exists(Path.Join(real, MlModelFile.FileName))
            ? FolderListing.Read(Path.Join(root.FullPath, relative), real, links)
            : null;
}
