using System.Diagnostics.CodeAnalysis;

namespace Skiff.Pickle;

/// <summary>
/// A Python <c>dict</c> (or <c>OrderedDict</c>, <c>defaultdict</c>): its entries in the order of the file, keys of any kind. Of a key that
/// comes twice the last value counts, as in Python.
/// </summary>
public sealed class PyDict : PyContainer
{
    private Dictionary<string, int>? _byName;

    /// <summary>The entries as the file has them.</summary>
    public List<KeyValuePair<object?, object?>> Entries { get; } = [];

    /// <summary>The number of entries.</summary>
    public int Count => Entries.Count;

    /// <summary>Finds the value of a text key.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(true)] out object? value)
    {
        if (_byName is null || _byName.Count == 0 || Entries.Count != _indexed)
        {
            Index();
        }

        if (_byName!.TryGetValue(key, out var index))
        {
            value = Entries[index].Value;
            return true;
        }

        value = null;
        return false;
    }

    private int _indexed;

    private void Index()
    {
        _byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Entries.Count; i++)
        {
            if (Entries[i].Key is string name)
            {
                _byName[name] = i;
            }
        }

        _indexed = Entries.Count;
    }
}
