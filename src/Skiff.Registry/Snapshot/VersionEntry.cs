namespace Skiff.Registry;

/// <summary>One version of a model, whole and settled when it was seen.</summary>
public sealed class VersionEntry
{
    internal VersionEntry(string model, string version, ArtifactSet artifacts, VersionMetadata metadata)
    {
        Model = model;
        Version = version;
        Artifacts = artifacts;
        Metadata = metadata;
    }

    /// <summary>The name of its model.</summary>
    public string Model { get; }

    /// <summary>Its name: the folder's, or for a model without <c>versions/</c> what <c>metadata.json</c> says.</summary>
    public string Version { get; }

    /// <summary>
    /// The files to load. The same object for as long as they stay the same, also when the metadata changes: what was loaded
    /// from it may be kept by reference.
    /// </summary>
    public ArtifactSet Artifacts { get; }

    /// <summary>What <c>metadata.json</c> says.</summary>
    public VersionMetadata Metadata { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Model}/{Version}";
}
