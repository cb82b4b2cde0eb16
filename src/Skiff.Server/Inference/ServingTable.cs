using System.Collections.Frozen;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>Which models there are. Replaced whole when one comes or goes; which version of each answers changes in its place.</summary>
internal sealed class ServingTable
{
    private readonly FrozenDictionary<byte[], ModelState> _byName;
    private readonly ModelState? _default;

    /// <param name="states">The models.</param>
    /// <param name="defaultName">The name of the one that answers where several are served and none is named.</param>
    internal ServingTable(IEnumerable<ModelState> states, string defaultName)
    {
        States = [.. states.OrderBy(static s => s.Name, StringComparer.Ordinal)];
        _byName = States.ToFrozenDictionary(static s => Utf8.GetBytes(s.Name), Utf8Comparer.Instance);
        _default = States.Count == 1 ? States[0] : States.FirstOrDefault(s => s.Name == defaultName);
    }

    /// <summary>The models by name.</summary>
    internal IReadOnlyList<ModelState> States { get; }

    /// <summary>How each model is served now.</summary>
    internal IEnumerable<ServingModel> Models => States.Select(static s => s.Current);

    internal int Count => States.Count;

    /// <summary>The model that answers when none is named; null where there is none, or several.</summary>
    internal ServingModel? Default => _default?.Current;

    /// <summary>The model of a name in UTF-8.</summary>
    internal ServingModel? Find(ReadOnlySpan<byte> name) =>
        _byName.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var state) ? state.Current : null;
}
