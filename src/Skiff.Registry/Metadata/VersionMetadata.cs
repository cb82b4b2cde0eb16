namespace Skiff.Registry;

/// <summary>
/// What <c>metadata.json</c> says of a version. Whatever is wrong with the file, there is one of these: what cannot be read is as if it
/// were not there, and <see cref="Warnings"/> says so.
/// </summary>
public sealed class VersionMetadata
{
    internal static readonly byte[] JsonNull = "null"u8.ToArray();

    /// <summary>That of an MLflow model directory, which says what it has to say in <c>MLmodel</c>.</summary>
    internal static readonly VersionMetadata OfMlflow = new();

    internal VersionMetadata()
    {
    }

    /// <summary>The whole object as compact UTF-8 JSON, every value as it was written (NaN and infinities as strings); <c>{}</c> when there is none.</summary>
    public ReadOnlyMemory<byte> Json { get; internal init; } = "{}"u8.ToArray();

    /// <summary>Whether there is a file and it is a JSON object.</summary>
    public bool IsReadable { get; internal init; }

    /// <summary>What is wrong with the file or with what a known key says.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>The version it names, or null. For a folder below <c>versions/</c> the folder's name counts instead.</summary>
    public string? Version { get; internal set; }

    /// <summary>The value of <c>saved_at</c> as UTF-8 JSON; <c>null</c> where there is none.</summary>
    public ReadOnlyMemory<byte> SavedAt { get; internal set; } = JsonNull;

    /// <summary>The value of <c>best_params</c> as UTF-8 JSON; <c>null</c> where there is none.</summary>
    public ReadOnlyMemory<byte> BestParams { get; internal set; } = JsonNull;

    /// <summary>The value of <c>best_cv_accuracy</c> as UTF-8 JSON; <c>null</c> where there is none.</summary>
    public ReadOnlyMemory<byte> BestCvAccuracy { get; internal set; } = JsonNull;

    /// <summary>The value of <c>test_accuracy</c> as UTF-8 JSON; <c>null</c> where there is none.</summary>
    public ReadOnlyMemory<byte> TestAccuracy { get; internal set; } = JsonNull;

    internal IReadOnlyList<string>? Artifacts { get; set; }

    internal string? Labels { get; set; }

    internal string? Threshold { get; set; }

    internal IReadOnlyList<string>? Features { get; set; }

    internal string? FeaturesEntry { get; set; }

    internal IReadOnlyDictionary<string, string> Sha256 { get; set; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    /// <summary>The sum of the file's content: two states of the file are the same when this is.</summary>
    internal string? ContentHash { get; init; }

    internal static VersionMetadata Broken(string warning, string? contentHash = null) =>
        new() { Warnings = [RegistryProblem.Bound(warning)], ContentHash = contentHash };
}
