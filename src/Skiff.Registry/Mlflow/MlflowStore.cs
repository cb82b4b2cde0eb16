namespace Skiff.Registry;

/// <summary>
/// Finds the models in a folder that MLflow keeps. A file store with registered models (<c>models/NAME/version-1/meta.yaml</c>) offers these under
/// their names and version numbers. Artifacts alone (<c>EXPERIMENT/RUN/artifacts/NAME/MLmodel</c>, since MLflow 3
/// <c>EXPERIMENT/models/ID/artifacts/MLmodel</c>) are offered as one model an experiment and name, with a version for each run.
/// Follows MLflow, <c>mlflow/store/model_registry/file_store.py</c>. Remembers the files it read; one look at a time.
/// </summary>
internal sealed class MlflowStore
{
    internal const string ModelsFolder = "models";
    internal const string ArtifactsFolder = "artifacts";
    internal const string MetaFile = "meta.yaml";

    private Dictionary<string, (FileStamp Stamp, object Value)> _read = new(StringComparer.Ordinal);
    private Dictionary<string, (FileStamp Stamp, object Value)> _kept = new(StringComparer.Ordinal);

    /// <summary>The models by name; none where the folder is not MLflow's.</summary>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be listed.</exception>
    internal IReadOnlyDictionary<string, MlflowModel> Find(FolderListing root, LinkGuard links)
    {
        _kept = new(StringComparer.Ordinal);
        var registered = new RegisteredModels(this, root, links).Find();
        var found = registered.Count > 0 ? registered : new LoggedModels(this, root, links).Find();
        _read = _kept;
        return found;
    }

    /// <summary>What a file right in a folder says, read again only when it changed; null where there is none.</summary>
    internal T? Read<T>(FolderListing folder, string name, Func<string, T> read)
        where T : class
    {
        if (folder.StampOf(name) is not { } stamp)
        {
            return null;
        }

        var value = _read.TryGetValue(stamp.RealPath, out var known) && known.Stamp == stamp ? (T)known.Value : read(stamp.RealPath);
        _kept[stamp.RealPath] = (stamp, value);
        return value;
    }
}
