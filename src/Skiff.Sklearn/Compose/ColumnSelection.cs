using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>What a <c>ColumnTransformer</c> says about the columns of a transformer: a name, a place, lists of them, a slice or a mask.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/utils/_indexing.py</c>, <c>_get_column_indices</c>; the same since 0.22. Callables are resolved in the file.</remarks>
/// <param name="node">The estimator, for messages.</param>
/// <param name="count">How many columns the input has.</param>
/// <param name="names">Their names, or null.</param>
internal sealed class ColumnSelection(EstimatorNode node, int count, IReadOnlyList<string>? names)
{
    /// <summary>Reads a selection.</summary>
    /// <param name="value">What the file holds.</param>
    /// <param name="path">Where it stands.</param>
    /// <returns>The places, and whether one column was meant rather than a list of them.</returns>
    public (int[] Columns, bool IsOne) Read(object? value, string path) => value switch
    {
        string name => ([Find(name, path)], true),
        not bool when EstimatorNode.AsInteger(value) is { } place => ([Check(place, path)], true),
        PyInstance { Type.Name: "slice" } slice => (ReadSlice(slice, path), false),
        _ when Items(value) is { } items => (ReadItems(items, path), false),
        _ => throw node.Error($"'{path}' is {Describe.Value(value)}; expected column names, places, a slice or a mask"),
    };

    // A list, an array, a pandas index, or the list of its own kind that remainders were in 1.5 to 1.7.
    private static IReadOnlyList<object?>? Items(object? value) =>
        value is PyInstance { Type.Name: "_RemainderColsList" } list ? list.Attributes.TryGetValue("data", out var data) ? EstimatorNode.Items(data) : list.Items
        : EstimatorNode.Items(value) ?? (PandasIndex.TryRead(value, out var labels) ? labels : null);

    private int[] ReadItems(IReadOnlyList<object?> items, string path)
    {
        if (items.Count > 0 && items.All(item => item is bool))
        {
            return items.Count == count
                ? [.. Enumerable.Range(0, count).Where(i => items[i] is true)]
                : throw node.Error($"'{path}' is a mask of {items.Count}; the input has {count} columns");
        }

        return [.. items.Select(item => Place(item, path))];
    }

    private int Place(object? item, string path) => item switch
    {
        string name => Find(name, path),
        not bool when EstimatorNode.AsInteger(item) is { } place => Check(place, path),
        _ => throw node.Error($"'{path}' holds {Describe.Value(item)}; expected column names or places"),
    };

    // Of names the end belongs to it, of places it does not.
    private int[] ReadSlice(PyInstance slice, string path)
    {
        if (slice.Arguments.Length != 3 || slice.Arguments[2] is not null && EstimatorNode.AsInteger(slice.Arguments[2]) != 1)
        {
            throw node.Error($"'{path}' is a slice with a step, which is not supported");
        }

        var start = slice.Arguments[0] switch
        {
            null => 0,
            string name => Find(name, path),
            var place => Bound(place, path),
        };
        var end = slice.Arguments[1] switch
        {
            null => count,
            string name => Find(name, path) + 1,
            var place => Bound(place, path),
        };
        return [.. Enumerable.Range(start, Math.Max(0, end - start))];
    }

    private int Bound(object? value, string path)
    {
        var place = EstimatorNode.AsInteger(value) ?? throw node.Error($"'{path}' is a slice with {Describe.Value(value)}");
        return (int)Math.Clamp(place < 0 ? place + count : place, 0, count);
    }

    private int Check(long place, string path) => place >= -count && place < count
        ? (int)(place < 0 ? place + count : place)
        : throw node.Error($"'{path}' names column {place}; the input has {count}");

    private int Find(string name, string path)
    {
        for (var i = 0; i < names?.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        throw node.Error($"'{path}' names column '{name}', which the training data did not have");
    }
}
