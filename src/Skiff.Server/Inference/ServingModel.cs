using System.Collections.Frozen;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>A model as it is served now. Immutable.</summary>
internal sealed class ServingModel
{
    private readonly FrozenDictionary<byte[], CatalogVersion> _versions;

    internal ServingModel(CatalogModel entry, LoadedVersion? serving, string? problem, CatalogVersion? refused = null)
    {
        Entry = entry;
        Serving = serving;
        Problem = problem;
        Refused = refused;
        _versions = entry.Versions.ToFrozenDictionary(v => Utf8.GetBytes(v.Version), Utf8Comparer.Instance);
    }

    internal CatalogModel Entry { get; }

    internal string Name => Entry.Name;

    /// <summary>What answers when no version is asked for; null while there is nothing.</summary>
    internal LoadedVersion? Serving { get; }

    /// <summary>Why what should be served is not; null where it is.</summary>
    internal string? Problem { get; }

    /// <summary>The newer version that should serve and was refused, until its files change or a newer one serves.</summary>
    internal CatalogVersion? Refused { get; }

    /// <summary>The version of a name in UTF-8.</summary>
    internal CatalogVersion? Find(ReadOnlySpan<byte> version) =>
        _versions.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(version, out var entry) ? entry : null;
}
