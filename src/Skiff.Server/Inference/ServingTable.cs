using System.Collections.Frozen;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>Which version of which model answers now. Immutable; replaced whole.</summary>
internal sealed class ServingTable
{
    private readonly FrozenDictionary<byte[], ServingModel> _byName;

    internal ServingTable(IReadOnlyList<ServingModel> models, string defaultName)
    {
        Models = models;
        _byName = models.ToFrozenDictionary(m => Utf8.GetBytes(m.Name), Utf8Comparer.Instance);
        Default = models.Count == 1 ? models[0] : models.FirstOrDefault(m => m.Name == defaultName);
        IsReady = models.Count > 0 && models.All(m => m.Serving is not null);
    }

    internal IReadOnlyList<ServingModel> Models { get; }

    /// <summary>The model that answers when none is named; null where there is none, or several.</summary>
    internal ServingModel? Default { get; }

    /// <summary>Whether every model has a version that answers.</summary>
    internal bool IsReady { get; }

    /// <summary>The model of a name in UTF-8.</summary>
    internal ServingModel? Find(ReadOnlySpan<byte> name) =>
        _byName.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var model) ? model : null;
}
