namespace Skiff.Registry;

/// <summary>The models below an MLflow artifact root that knows of no registered ones: those that runs logged.</summary>
internal sealed class LoggedModels(MlflowStore store, FolderListing root, LinkGuard links)
{
    private readonly Dictionary<string, List<(MlflowVersion Version, string Created)>> _versions = new(StringComparer.Ordinal);

    internal Dictionary<string, MlflowModel> Find()
    {
        foreach (var (experiment, folder) in root.Folders(links, IsExperiment))
        {
            foreach (var (run, runFolder) in folder.Folders(links))
            {
                if (run == MlflowStore.ModelsFolder)
                {
                    AddModels(experiment, runFolder);
                }
                else
                {
                    AddRun(experiment, run, runFolder);
                }
            }
        }

        return _versions.ToDictionary(
            model => model.Key,
            model => new MlflowModel(root, [.. model.Value.OrderBy(version => version.Created, StringComparer.Ordinal).ThenBy(version => version.Version.Name, StringComparer.Ordinal).Select(version => version.Version)], null),
            StringComparer.Ordinal);
    }

    // MLflow gives experiments numbers; anything else in the root is somebody else's.
    private static bool IsExperiment(string name) => name.All(char.IsAsciiDigit);

    private void AddRun(string experiment, string run, FolderListing folder)
    {
        foreach (var (name, model) in folder.Enter(MlflowStore.ArtifactsFolder, links)?.Folders(links) ?? [])
        {
            Add($"{experiment}-{name}", run, model);
        }
    }

    // Since MLflow 3: EXPERIMENT/models/m-ID/artifacts.
    private void AddModels(string experiment, FolderListing models)
    {
        foreach (var (id, folder) in models.Folders(links))
        {
            var meta = store.Read(folder, MlflowStore.MetaFile, path => YamlReader.Read(path, out _) ?? new Dictionary<string, object?>());
            if (folder.Enter(MlflowStore.ArtifactsFolder, links) is { } artifacts)
            {
                Add($"{experiment}-{meta?.GetValueOrDefault("name") as string ?? "model"}", id, artifacts);
            }
        }
    }

    private void Add(string model, string version, FolderListing folder)
    {
        if (!SafeName.IsVersion(model) || store.Read(folder, MlModelFile.FileName, MlModelFile.Read) is not { } file)
        {
            return;
        }

        if (!_versions.TryGetValue(model, out var versions))
        {
            _versions.Add(model, versions = []);
        }

        versions.Add((new MlflowVersion(version, folder, null), file.Created ?? string.Empty));
    }
}
