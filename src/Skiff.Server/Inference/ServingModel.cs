using System.Collections.Frozen;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>How a model is served now. Immutable but for what its place in memory holds.</summary>
internal sealed class ServingModel
{
    private readonly FrozenDictionary<byte[], CatalogVersion> _versions;

    /// <param name="entry">What the registry says.</param>
    /// <param name="slot">The place of what answers when no version is asked for; null where there is none yet.</param>
    /// <param name="problem">Why what should be served is not; null where it is.</param>
    /// <param name="refused">The newer version that should serve and was refused, or null.</param>
    internal ServingModel(CatalogModel entry, VersionSlot? slot, string? problem, CatalogVersion? refused = null)
    {
        Entry = entry;
        Slot = slot;
        Problem = problem;
        Refused = refused;
        _versions = entry.Versions.ToFrozenDictionary(v => Utf8.GetBytes(v.Version), Utf8Comparer.Instance);
    }

    internal CatalogModel Entry { get; }

    internal string Name => Entry.Name;

    /// <summary>The place of what answers when no version is asked for; null where there is none yet.</summary>
    internal VersionSlot? Slot { get; }

    /// <summary>What answers when no version is asked for; null while it is not in memory.</summary>
    internal LoadedVersion? Serving => Slot?.Loaded;

    /// <summary>Why what should be served is not; null where it is.</summary>
    internal string? Problem { get; }

    /// <summary>The newer version that should serve and was refused, until its files change or a newer one serves.</summary>
    internal CatalogVersion? Refused { get; }

    /// <summary>The version of a name in UTF-8.</summary>
    internal CatalogVersion? Find(ReadOnlySpan<byte> version) =>
        _versions.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(version, out var entry) ? entry : null;
}
