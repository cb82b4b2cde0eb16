using System.Collections.Frozen;

namespace Skiff.Registry;

/// <summary>One model and its versions.</summary>
public sealed class ModelEntry
{
    private readonly FrozenDictionary<string, VersionEntry> _byName;

    internal ModelEntry(
        string name,
        string directory,
        IReadOnlyList<VersionEntry> versions,
        VersionEntry? latest,
        IReadOnlyList<UnservableVersion> unservable)
    {
        Name = name;
        Directory = directory;
        Versions = versions;
        Latest = latest;
        Unservable = unservable;
        _byName = versions.ToFrozenDictionary(version => version.Version, StringComparer.Ordinal);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Its folder, absolute.</summary>
    public string Directory { get; }

    /// <summary>What can be served, lowest first. Holds <see cref="Latest"/>, unless its files are gone or something newer has its name.</summary>
    public IReadOnlyList<VersionEntry> Versions { get; }

    /// <summary>
    /// What answers when no version is asked for. Stays the last good one while files change. Null while there is none.
    /// </summary>
    public VersionEntry? Latest { get; }

    /// <summary>Versions that are there but cannot be served, lowest first.</summary>
    public IReadOnlyList<UnservableVersion> Unservable { get; }

    /// <summary>Finds a version by its exact name. A name is data: no file is touched, whatever it says.</summary>
    /// <param name="version">The name, from a caller.</param>
    /// <returns>The version, or null when there is none of that name that can be served.</returns>
    public VersionEntry? Find(string version) => _byName.GetValueOrDefault(version);

    /// <summary>Why a version of this name is not served.</summary>
    /// <param name="version">The name, from a caller.</param>
    /// <returns>The reason, or null when there is no such version or it is served.</returns>
    public string? WhyUnservable(string version)
    {
        foreach (var entry in Unservable)
        {
            if (string.Equals(entry.Version, version, StringComparison.Ordinal))
            {
                return entry.Reason;
            }
        }

        return null;
    }

    internal bool SameAs(ModelEntry other) =>
        Name == other.Name
        && Directory == other.Directory
        && ReferenceEquals(Latest, other.Latest)
        && Versions.SequenceEqual(other.Versions)
        && Unservable.SequenceEqual(other.Unservable);
}
