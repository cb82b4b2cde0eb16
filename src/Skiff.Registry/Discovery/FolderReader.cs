namespace Skiff.Registry;

/// <summary>Finds out what a version's folder holds: metadata, artifacts, and what belongs to them.</summary>
internal static class FolderReader
{
    internal const string Joblib = "model.joblib";
    internal const string Pickle = "model.pkl";

    /// <summary>Whether a folder itself holds a model.</summary>
    internal static bool HoldsModel(FolderListing folder) =>
        folder.HasFile(Joblib) || folder.HasFile(Pickle) || folder.HasFile(MlModelFile.FileName);

    /// <param name="folder">The folder.</param>
    /// <param name="known">What is known of an unchanged metadata.json, or null to read it.</param>
    /// <param name="links">Says where links may lead.</param>
    internal static FolderContent Read(FolderListing folder, FolderContent? known, LinkGuard links)
    {
        var mlflow = ReadMlflow(folder, known);
        var metadataStamp = folder.StampOf(MetadataReader.FileName);
        var metadata = metadataStamp is null && mlflow is not null ? VersionMetadata.OfMlflow
            : known is not null && known.MetadataStamp == metadataStamp ? known.Metadata
            : MetadataReader.Read(metadataStamp);

        string? reason = null;
        var entries = metadata.Artifacts ?? FindModel(folder, mlflow, out reason);
        var artifacts = new List<FileStamp>();
        foreach (var entry in entries)
        {
            reason ??= AddFile(folder, entry, "artifacts", artifacts, links);
        }

        reason ??= metadata.Labels is null ? null : AddFile(folder, metadata.Labels, "labels", artifacts, links);
        reason ??= metadata.FeaturesEntry is null ? null : AddFile(folder, metadata.FeaturesEntry, "features", artifacts, links);
        reason ??= metadata.Threshold?.Contains('#', StringComparison.Ordinal) is true
            ? AddFile(folder, metadata.Threshold, "threshold", artifacts, links)
            : null;

        return new FolderContent
        {
            Directory = folder.FullPath,
            RealDirectory = folder.RealPath,
            Metadata = metadata,
            Entries = entries,
            Artifacts = artifacts,
            Companions = FindCompanions(folder),
            Mlflow = mlflow,
            MetadataStamp = metadataStamp,
            Reason = reason is null ? null : RegistryProblem.Bound(reason),
        };
    }

    private static MlModelFile? ReadMlflow(FolderListing folder, FolderContent? known) =>
        folder.StampOf(MlModelFile.FileName) is not { } stamp ? null
        : known?.Mlflow is { } unchanged && known.Companions.Contains(stamp) ? unchanged
        : MlModelFile.Read(stamp.RealPath);

    private static List<string> FindModel(FolderListing folder, MlModelFile? mlflow, out string? reason)
    {
        reason = null;
        if (mlflow?.Model is { } named && (SafeName.IsFile(named) || !folder.HasFile(Pickle)))
        {
            return [named];
        }

        if (folder.HasFile(Joblib))
        {
            return [Joblib];
        }

        if (folder.HasFile(Pickle))
        {
            return [Pickle];
        }

        reason = mlflow?.Problem
            ?? folder.Refused.FirstOrDefault(link => link.StartsWith("model.", StringComparison.Ordinal))
            ?? $"the folder holds neither {Joblib} nor {Pickle} nor {MlModelFile.FileName}, and metadata.json names no artifacts";
        return [];
    }

    private static string? AddFile(FolderListing folder, string entry, string key, List<FileStamp> files, LinkGuard links)
    {
        var name = SafeName.FileOf(entry);
        if (!SafeName.IsFile(name))
        {
            return $"{key} names \"{name}\", which is not a path inside the version's folder";
        }

        if (files.Exists(file => file.Name == name))
        {
            return null;
        }

        string? problem = null;
        var stamp = name.Contains('/', StringComparison.Ordinal) ? StampBelow(folder, name, links, out problem) : folder.StampOf(name);
        if (stamp is null)
        {
            problem ??= folder.Refused.FirstOrDefault(link => link.StartsWith(name + " ", StringComparison.Ordinal));
            return problem ?? $"{key} names {name}, which is not there";
        }

        if (stamp.Length == 0)
        {
            // Also what a pipe or a device looks like: opening one of those would wait for ever.
            return $"{name} is empty";
        }

        files.Add(stamp);
        return null;
    }

    private static FileStamp? StampBelow(FolderListing folder, string name, LinkGuard links, out string? problem)
    {
        var real = links.Resolve(Path.Join(folder.RealPath, name), out problem);
        problem = problem is null ? null : $"{name} {problem}";
        return real is null ? null : FileStamp.Take(name, real);
    }

    private static List<FileStamp> FindCompanions(FolderListing folder)
    {
        var companions = new List<FileStamp>();
        foreach (var name in folder.Items.Keys)
        {
            if ((name == MlModelFile.FileName || name.EndsWith(".py", StringComparison.Ordinal)) && folder.StampOf(name) is { } stamp)
            {
                companions.Add(stamp);
            }
        }

        companions.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return companions;
    }
}
