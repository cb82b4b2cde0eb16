namespace Skiff.Registry;

/// <summary>A version to publish.</summary>
public sealed record PublishRequest
{
    /// <summary>The model, or null where the root is one model (or shall become one).</summary>
    public string? Model { get; init; }

    /// <summary>The version's name: one part of a path, printable, at most 200 characters, no dot in front.</summary>
    public required string Version { get; init; }

    /// <summary>
    /// What to publish: one folder, whose content is taken, or files. A single model file is stored as <c>model.joblib</c> or <c>model.pkl</c>;
    /// of several, the order is the order in which data passes them, unless the metadata has <c>artifacts</c>.
    /// </summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>A <c>metadata.json</c> to take instead of the one among the sources, or null.</summary>
    public string? Metadata { get; init; }
}
