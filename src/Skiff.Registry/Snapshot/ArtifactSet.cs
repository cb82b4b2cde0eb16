using System.Diagnostics.CodeAnalysis;

namespace Skiff.Registry;

/// <summary>
/// The files that make one model and how they fit together. To load safely: read them, then ask <see cref="IsUnchanged"/>; only
/// when it says yes was what was read one state of the files and not a mixture of two.
/// </summary>
public sealed class ArtifactSet
{
    private readonly LinkGuard _links;

    internal ArtifactSet(string directory, FolderContent content, IReadOnlyList<string> functionPaths, LinkGuard links)
    {
        _links = links;
        Directory = directory;
        Entries = content.Entries;
        Labels = content.Metadata.Labels;
        Threshold = content.Metadata.Threshold;
        Features = content.Metadata.Features;
        FeaturesEntry = content.Metadata.FeaturesEntry;
        Mlflow = content.Mlflow;
        Sha256 = content.Metadata.Sha256;
        Artifacts = content.Artifacts;
        Files = [.. content.Artifacts, .. content.Companions];
        FunctionPaths = functionPaths;
    }

    /// <summary>The folder that holds the files, absolute; entries are relative to it.</summary>
    public string Directory { get; }

    /// <summary>
    /// The artifacts in the order in which data passes them, at least one. Plain relative paths that stay inside the folder, each
    /// with the key of a pickled dict where one is addressed: <c>bundle.pkl#model</c>.
    /// </summary>
    public IReadOnlyList<string> Entries { get; }

    /// <summary>The file or dict entry of a label encoder that turns the answers back into names, else null.</summary>
    public string? Labels { get; }

    /// <summary>What replaces 0.5 for a binary classifier: a number as JSON text, or a dict entry; else null.</summary>
    public string? Threshold { get; }

    /// <summary>The names of the columns in order, else null.</summary>
    public IReadOnlyList<string>? Features { get; }

    /// <summary>The file or dict entry that holds the names of the columns, else null.</summary>
    public string? FeaturesEntry { get; }

    /// <summary>The columns that an MLflow signature gives the model, in order; else null. They come from <c>MLmodel</c>, which is one of <see cref="Files"/>.</summary>
    public IReadOnlyList<SignatureColumn>? Columns => Mlflow?.Columns;

    /// <summary>
    /// Where the sources of Python functions are looked for, in this order: the version's folder, the model's, the root, then the
    /// Python path.
    /// </summary>
    public IReadOnlyList<string> FunctionPaths { get; }

    /// <summary>The files as they were seen: the artifacts, and what beside them decides how they are read (<c>MLmodel</c>, Python sources).</summary>
    public IReadOnlyList<FileStamp> Files { get; }

    /// <summary>The sums that <c>metadata.json</c> gives, file name to lower-case hexadecimal; empty where it gives none.</summary>
    public IReadOnlyDictionary<string, string> Sha256 { get; }

    internal IReadOnlyList<FileStamp> Artifacts { get; }

    internal MlModelFile? Mlflow { get; }

    /// <summary>
    /// Whether every file is still what was seen, and has the sum that <c>metadata.json</c> gives where it gives one. To be asked
    /// after the files were read; reads them again only where there are sums.
    /// </summary>
    /// <param name="reason">What differs, for the log; null when nothing does.</param>
    public bool IsUnchanged([NotNullWhen(false)] out string? reason)
    {
        try
        {
            reason = FindChange() ?? FindWrongSum() ?? (Sha256.Count > 0 ? FindChange() : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = RegistryProblem.Bound(e.Message);
        }

        return reason is null;
    }

    internal bool SameFilesAs(string directory, FolderContent content) =>
        Directory == directory
        && Entries.SequenceEqual(content.Entries)
        && Labels == content.Metadata.Labels
        && Threshold == content.Metadata.Threshold
        && FeaturesEntry == content.Metadata.FeaturesEntry
        && (Features ?? []).SequenceEqual(content.Metadata.Features ?? [])
        && (Features is null) == (content.Metadata.Features is null)
        && Sha256.Count == content.Metadata.Sha256.Count
        && Sha256.All(sum => content.Metadata.Sha256.TryGetValue(sum.Key, out var other) && other == sum.Value)
        && Files.SequenceEqual([.. content.Artifacts, .. content.Companions]);

    private string? FindChange()
    {
        foreach (var stamp in Files)
        {
            var real = _links.Resolve(Path.Join(Directory, stamp.Name), out var problem);
            if (real is null)
            {
                return $"{stamp.Name} {problem}";
            }

            var now = FileStamp.Take(stamp.Name, real);
            if (now is null)
            {
                return $"{stamp.Name} is gone";
            }

            if (now != stamp)
            {
                return $"{stamp.Name} changed while it was read";
            }
        }

        return null;
    }

    private string? FindWrongSum()
    {
        foreach (var stamp in Artifacts)
        {
            if (Sha256.TryGetValue(stamp.Name, out var expected) && FileHash.Compute(stamp.RealPath) is var actual && actual != expected)
            {
                return $"{stamp.Name} has the SHA-256 sum {actual}, but metadata.json says {expected}";
            }
        }

        return null;
    }
}
