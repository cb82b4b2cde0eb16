namespace Skiff.Registry;

/// <summary>The files of a version to publish, and what its metadata says.</summary>
/// <param name="Files">Where each file is, and what it shall be called.</param>
/// <param name="Metadata">What the training said.</param>
/// <param name="Chain">The model files in the given order, where there are several; empty otherwise.</param>
internal sealed record PublishSources(IReadOnlyList<(string Source, string Name)> Files, VersionMetadata Metadata, IReadOnlyList<string> Chain)
{
    /// <exception cref="RegistryException">A source is not there, or the metadata is broken.</exception>
    internal static PublishSources Find(PublishRequest request)
    {
        var files = request.Sources is [var only] && Directory.Exists(only) ? Below(only) : Named(request.Sources);
        var metadata = request.Metadata ?? files.FirstOrDefault(file => file.Name == MetadataReader.FileName).Source;
        files.RemoveAll(file => file.Name == MetadataReader.FileName);
        var models = files.FindAll(file => IsModel(file.Name)).ConvertAll(file => file.Name);
        var isChain = models.Count > 1 && !(request.Sources is [var folder] && Directory.Exists(folder));
        return new PublishSources(files, ReadMetadata(metadata), isChain ? models : []);
    }

    private static List<(string Source, string Name)> Below(string folder)
    {
        var files = DurableFiles.ListBelow(folder).ConvertAll(name => (Path.Join(folder, name), name));
        return files.Count > 0 ? files : throw new RegistryException($"{folder} is empty; there is nothing to publish.");
    }

    private static List<(string Source, string Name)> Named(IReadOnlyList<string> sources)
    {
        var files = new List<(string Source, string Name)>();
        foreach (var source in sources)
        {
            if (!File.Exists(source))
            {
                throw new RegistryException(
                    Directory.Exists(source)
                        ? $"{source} is a folder; publish either one folder or files."
                        : $"There is no file {source} to publish.");
            }

            files.Add((source, Path.GetFileName(source)));
        }

        // A single model is found by its name, whatever it was called where it was trained.
        if (files.FindAll(file => IsModel(file.Name)) is [var single])
        {
            files[files.IndexOf(single)] = (single.Source, single.Name.EndsWith(".joblib", StringComparison.Ordinal) ? FolderReader.Joblib : FolderReader.Pickle);
        }

        return files;
    }

    private static VersionMetadata ReadMetadata(string? path)
    {
        if (path is null)
        {
            return VersionMetadata.Broken("none was given");
        }

        var stamp = FileStamp.Take(MetadataReader.FileName, path) ?? throw new RegistryException($"There is no file {path}.");
        var metadata = MetadataReader.Read(stamp);
        return metadata is { IsReadable: true, Warnings: [] }
            ? metadata
            : throw new RegistryException($"{path}: {metadata.Warnings[0]}. Serving goes on without, but nothing is published with metadata that cannot be read.");
    }

    private static bool IsModel(string name) =>
        name.EndsWith(".joblib", StringComparison.Ordinal) || name.EndsWith(".pkl", StringComparison.Ordinal) || name.EndsWith(".pickle", StringComparison.Ordinal);
}
