namespace Skiff.Registry;

/// <summary>What a version's folder holds at one moment.</summary>
internal sealed class FolderContent
{
    internal required string Directory { get; init; }

    internal required string RealDirectory { get; init; }

    internal required VersionMetadata Metadata { get; init; }

    /// <summary>The artifacts in order, with dict keys; empty when <see cref="Reason"/> says why.</summary>
    internal required IReadOnlyList<string> Entries { get; init; }

    /// <summary>The files of the entries, of labels, threshold and features.</summary>
    internal required IReadOnlyList<FileStamp> Artifacts { get; init; }

    /// <summary>What beside them decides how they are read.</summary>
    internal required IReadOnlyList<FileStamp> Companions { get; init; }

    /// <summary>What MLflow says of the model, or null.</summary>
    internal MlModelFile? Mlflow { get; init; }

    internal required FileStamp? MetadataStamp { get; init; }

    /// <summary>Why there is nothing to serve, or null.</summary>
    internal required string? Reason { get; init; }

    internal bool SameStampsAs(FolderContent other) =>
        Directory == other.Directory
        && RealDirectory == other.RealDirectory
        && MetadataStamp == other.MetadataStamp
        && Metadata.ContentHash == other.Metadata.ContentHash
        && Reason == other.Reason
        && Entries.SequenceEqual(other.Entries)
        && Artifacts.SequenceEqual(other.Artifacts)
        && Companions.SequenceEqual(other.Companions);

    /// <summary>The youngest of all files.</summary>
    internal DateTime NewestUtc()
    {
        var newest = MetadataStamp?.ModifiedUtc ?? default;
        foreach (var stamp in Artifacts.Concat(Companions))
        {
            newest = stamp.ModifiedUtc > newest ? stamp.ModifiedUtc : newest;
        }

        return newest;
    }
}
