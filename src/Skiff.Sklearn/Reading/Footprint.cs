using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>
/// About how much memory a model keeps. It is counted while the model is read, from what its estimators ask of the file and how they keep such things:
/// numbers as float64, nodes of trees packed, terms as UTF-8 in one table. What no estimator asks for is not kept, and not counted.
/// </summary>
internal sealed class Footprint
{
    // An estimator, its labels and its place among the others: measured for small ones.
    private const int PerEstimator = 1024;

    // A node as it is laid out for walking.
    private const int PerNode = 16;

    // Two to four places of 16 bytes in a table of terms.
    private const int PerTerm = 48;

    // A text in a list, and its copy in UTF-8.
    private const int PerText = 64;

    private readonly Stack<object> _open = new();

    /// <summary>The sum so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Counts an estimator.</summary>
    public void AddEstimator() => Bytes += PerEstimator;

    /// <summary>Counts what is made of a payload that is not kept itself.</summary>
    public void Add(long bytes) => Bytes += bytes;

    /// <summary>Counts what an estimator has asked for. Estimators inside it ask for what they need themselves.</summary>
    /// <param name="value">What the file holds.</param>
    /// <param name="met">What this estimator was counted for already; another one that shares it in the file keeps it once more.</param>
    public void Add(object? value, HashSet<object> met)
    {
        Open(value, met);
        while (_open.TryPop(out var next))
        {
            switch (next)
            {
                case NdArray array:
                    AddArray(array, met);
                    break;
                case PyList list:
                    AddItems(list.Items, met);
                    break;
                case PyTuple tuple:
                    AddItems(tuple.Items, met);
                    break;
                case PyDict dict:
                    AddEntries(dict, met);
                    break;
                case PyInstance instance:
                    AddInstance(instance, met);
                    break;
            }
        }
    }

    private void Open(object? value, HashSet<object> met)
    {
        if (value is NdArray or PyContainer && met.Add(value))
        {
            _open.Push(value);
        }
    }

    private void AddArray(NdArray array, HashSet<object> met)
    {
        if (array.Data is object?[] items)
        {
            AddItems(items, met);
            return;
        }

        // Records are nodes of trees: who lays those out knows better.
        Bytes += array.Type.Kind == DTypeKind.Structured ? 0 : (long)array.Size * (array.IsNumeric ? sizeof(double) : PerText);
    }

    private void AddItems(IReadOnlyList<object?> items, HashSet<object> met)
    {
        Bytes += (long)items.Count * sizeof(double);
        foreach (var item in items)
        {
            if (item is string text)
            {
                Bytes += PerText + ((long)text.Length * 3);
            }
            else
            {
                Open(item, met);
            }
        }
    }

    private void AddEntries(PyDict dict, HashSet<object> met)
    {
        foreach (var (key, value) in dict.Entries)
        {
            Bytes += PerTerm + (key is string text ? text.Length : 0);
            Open(value, met);
        }
    }

    private void AddInstance(PyInstance instance, HashSet<object> met)
    {
        if (EstimatorCatalog.TryFind(instance.Type, out _))
        {
            return;
        }

        foreach (var (_, value) in instance.Attributes.Entries)
        {
            if (instance.Type.Name == "Tree" && value is NdArray array)
            {
                // Of the values those of leaves are kept, which half of the nodes are.
                Bytes += (long)array.Size * (array.IsNumeric ? sizeof(double) / 2 : PerNode);
            }
            else
            {
                Open(value, met);
            }
        }

        AddItems(instance.Arguments, met);
    }
}
