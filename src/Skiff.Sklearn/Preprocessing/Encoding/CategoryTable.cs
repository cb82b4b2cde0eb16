using System.Collections.Frozen;
using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The categories of a column (<c>categories_[i]</c>), found by value.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/utils/_encode.py</c>. A missing value, which a caller sends as null, is the missing category of the training
/// data, be it NaN or None; of both, None.
/// </remarks>
internal sealed class CategoryTable
{
    private const int MostNamed = 10;

    private readonly FrozenDictionary<byte[], int> _texts;
    private readonly FrozenDictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _byText;
    private readonly FrozenDictionary<double, int> _numbers;
    private readonly string[] _names;

    private CategoryTable(Dictionary<byte[], int> texts, Dictionary<double, int> numbers, int missing, bool missingIsNaN, string[] names)
    {
        _texts = texts.ToFrozenDictionary(Utf8Comparer.Instance);
        _byText = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();
        _numbers = numbers.ToFrozenDictionary(ScatteredDoubles.Instance);
        Missing = missing;
        MissingIsNaN = missingIsNaN;
        _names = names;
    }

    /// <summary>What the column holds.</summary>
    public ColumnNeed Need => _texts.Count > 0 ? ColumnNeed.Text : _numbers.Count > 0 ? ColumnNeed.Number : ColumnNeed.Any;

    /// <summary>How many categories there are, the missing one included.</summary>
    public int Count => _names.Length;

    /// <summary>The place of the missing category, or -1.</summary>
    public int Missing { get; }

    /// <summary>Whether the missing category is NaN, rather than None.</summary>
    public bool MissingIsNaN { get; }

    /// <summary>Reads the categories of every column.</summary>
    public static CategoryTable[] ReadAll(EstimatorNode node, string name)
    {
        var columns = node.List(name);
        return [.. columns.Select((categories, i) => Read(node, categories, $"{name}[{i}]"))];
    }

    /// <summary>The place of a cell's value among the categories; -1 where it is none of them.</summary>
    public int Find(in FrameColumn column, int row)
    {
        if (column.Kind == ColumnKind.Text)
        {
            var texts = column.Texts;
            return texts.IsMissing(row) ? Missing : _byText.TryGetValue(texts.Text(row), out var text) ? text : -1;
        }

        var value = column.Number(row);
        return double.IsNaN(value) ? Missing : _numbers.TryGetValue(value, out var number) ? number : -1;
    }

    /// <summary>Refuses a value that is none of the categories.</summary>
    public InputException Refuse(in FrameColumn column, int row, int index)
    {
        var isText = column.Kind == ColumnKind.Text;
        var isMissing = isText ? column.Texts.IsMissing(row) : double.IsNaN(column.Number(row));
        var value = isMissing ? "a missing value"
            : isText ? Quoted.Text(column.Texts.Text(row))
            : PyFloat.Format(column.Number(row));
        var known = string.Join(", ", _names.Take(MostNamed)) + (_names.Length > MostNamed ? $" and {_names.Length - MostNamed} more" : string.Empty);
        return InputException.AtCell(row, index, $"{value} is not one of {known}");
    }

    /// <summary>Reads the categories of one column.</summary>
    public static CategoryTable Read(EstimatorNode node, object? categories, string path)
    {
        var items = EstimatorNode.Items(categories) ?? throw node.Error($"'{path}' is {Describe.Value(categories)}; expected an array of categories");
        var texts = new Dictionary<byte[], int>(Utf8Comparer.Instance);
        var numbers = new Dictionary<double, int>(ScatteredDoubles.Instance);
        var names = new string[items.Count];
        var nan = -1;
        var none = -1;
        for (var i = 0; i < items.Count; i++)
        {
            switch (items[i])
            {
                case null or PyGlobal { Name: "NA" }:
                    none = i;
                    names[i] = "a missing value";
                    break;
                case string text:
                    texts.TryAdd(Utf8.GetBytes(text), i);
                    names[i] = text;
                    break;
                case var item when EstimatorNode.AsNumber(item) is { } number:
                    nan = double.IsNaN(number) ? i : nan;
                    names[i] = double.IsNaN(number) ? "a missing value" : EstimatorNode.AsInteger(item)?.ToString(null, null) ?? PyFloat.Format(number);
                    if (!double.IsNaN(number))
                    {
                        numbers.TryAdd(number, i);
                    }

                    break;
                default:
                    throw node.Error($"'{path}' holds {Describe.Value(items[i])}; categories that are texts, numbers or booleans can be served");
            }
        }

        return texts.Count == 0 || numbers.Count == 0
            ? new CategoryTable(texts, numbers, none >= 0 ? none : nan, none < 0, names)
            : throw node.Error($"'{path}' mixes texts and numbers; give every category of a column the same type");
    }
}
