using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>A pandas <c>Series</c> or <c>DataFrame</c> of numbers that a fitted estimator keeps.</summary>
/// <remarks>
/// pandas 1.1 to 2.3, <c>pandas/core/internals/managers.py</c>: the blocks of a manager lie in its state under <c>0.14.1</c>, or, of frames since
/// 1.3, are what it is made of (<c>pandas/_libs/internals.pyx</c>, <c>_unpickle_block</c>).
/// </remarks>
internal sealed class PandasTable
{
    // Labels may be a range, which costs a file nothing, on both axes; no encoder's table comes near.
    private const long MostCells = 1 << 24;

    private PandasTable(object?[] index, object?[] columns, double[][] values)
    {
        Index = index;
        Columns = columns;
        Values = values;
    }

    /// <summary>The labels of the rows.</summary>
    public object?[] Index { get; }

    /// <summary>The labels of the columns; none of a series.</summary>
    public object?[] Columns { get; }

    /// <summary>The numbers, row by row.</summary>
    public double[][] Values { get; }

    /// <summary>Whether a value of a file is a series or a frame.</summary>
    public static bool Is(object? value) =>
        value is PyInstance { Type: { Name: "Series" or "DataFrame", Module: var module } } && module.StartsWith("pandas.", StringComparison.Ordinal);

    /// <summary>The labels of a frame's columns, whatever the frame holds; null where the value is none.</summary>
    public static object?[]? ColumnsOf(object? value) =>
        value is PyInstance { Type.Name: "DataFrame" } frame && Is(frame) && ManagerOf(frame) is { } manager && PartsOf(manager) is { Axes: [var columns, _] }
        && PandasIndex.TryRead(columns, out var labels) ? labels : null;

    /// <summary>Reads one.</summary>
    /// <exception cref="ModelLoadException">It is none, or holds something else than numbers.</exception>
    public static PandasTable Read(EstimatorNode node, object? value, string path)
    {
        if (!Is(value) || ManagerOf((PyInstance)value!) is not { } manager || PartsOf(manager) is not { } parts)
        {
            throw node.Error($"'{path}' is {Describe.Value(value)}; expected a pandas Series or DataFrame");
        }

        var axes = parts.Axes.Select(axis => PandasIndex.TryRead(axis, out var labels) ? labels : throw node.Error($"'{path}' has labels that cannot be read")).ToArray();
        var isSeries = ((PyInstance)value!).Type.Name == "Series";
        if (axes.Length != (isSeries ? 1 : 2))
        {
            throw node.Error($"'{path}' has {axes.Length} axes");
        }

        var (columns, index) = isSeries ? ([], axes[0]) : (axes[0], axes[1]);
        var width = isSeries ? 1 : columns.Length;
        var cells = (long)index.Length * width;
        if (cells > MostCells || cells != parts.Blocks.Sum(block => block.Values is NdArray array ? (long)array.Size : 0))
        {
            throw node.Error($"'{path}' has {index.Length} rows and {width} columns of labels, which are not those of its numbers, or more than can be read");
        }

        var values = new double[index.Length][];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = new double[width];
        }

        var filled = new bool[width];
        foreach (var (block, places) in parts.Blocks)
        {
            Fill(node, path, block, isSeries ? [0] : Places(places, width), values, filled);
        }

        return Array.TrueForAll(filled, isFilled => isFilled) ? new PandasTable(index, columns, values) : throw node.Error($"'{path}' has columns without values");
    }

    private static PyInstance? ManagerOf(PyInstance table) =>
        (table.Attributes.TryGetValue("_mgr", out var manager) || table.Attributes.TryGetValue("_data", out manager) ? manager : null) as PyInstance;

    private static (IReadOnlyList<object?> Axes, List<(object? Values, object? Places)> Blocks)? PartsOf(PyInstance manager)
    {
        var blocks = new List<(object?, object?)>();
        if (manager.State is PyTuple { Count: > 0 } state && state.Items[^1] is PyDict versions && versions.TryGetValue("0.14.1", out var kept) && kept is PyDict parts)
        {
            if (!parts.TryGetValue("axes", out var axes) || EstimatorNode.Items(axes) is not { } axisList
                || !parts.TryGetValue("blocks", out var blockValue) || EstimatorNode.Items(blockValue) is not { } blockList)
            {
                return null;
            }

            foreach (var block in blockList)
            {
                if (block is not PyDict entries || !entries.TryGetValue("values", out var values))
                {
                    return null;
                }

                blocks.Add((values, entries.TryGetValue("mgr_locs", out var places) ? places : null));
            }

            return (axisList, blocks);
        }

        if (manager.Arguments is not [var made, var labels] || EstimatorNode.Items(made) is not { } madeList || EstimatorNode.Items(labels) is not { } labelList)
        {
            return null;
        }

        foreach (var block in madeList)
        {
            if (block is not PyInstance { Type.Name: "_unpickle_block", Arguments: [var values, var places, ..] })
            {
                return null;
            }

            blocks.Add((values, places));
        }

        return (labelList, blocks);
    }

    private static int[]? Places(object? value, int width)
    {
        var places = value switch
        {
            PyInstance { Type.Name: "slice", Arguments: [var first, var end, var step] } => Range(EstimatorNode.AsInteger(first), EstimatorNode.AsInteger(end), EstimatorNode.AsInteger(step) ?? 1, width),
            NdArray { Rank: 1, IsNumeric: true } array => array.ToInt64s(),
            _ => null,
        };
        return places is not null && Array.TrueForAll(places, place => place >= 0 && place < width) ? Array.ConvertAll(places, place => (int)place) : null;
    }

    private static long[]? Range(long? first, long? end, long step, int width)
    {
        if (first is not { } start || end is not { } stop || step == 0 || start < 0 || start > width || stop < -1 || stop > width + Math.Abs(step))
        {
            return null;
        }

        var places = new List<long>();
        for (var place = start; step > 0 ? place < stop : place > stop; place += step)
        {
            places.Add(place);
        }

        return [.. places];
    }

    private static void Fill(EstimatorNode node, string path, object? block, int[]? places, double[][] values, bool[] filled)
    {
        if (block is not NdArray { Rank: 1 or 2 } array || places is null || Numbers(array) is not { } numbers || numbers.Length != places.Length * values.Length)
        {
            throw node.Error($"'{path}' holds {Describe.Value(block)}; expected numbers, one for each label");
        }

        for (var i = 0; i < places.Length; i++)
        {
            filled[places[i]] = true;
            for (var row = 0; row < values.Length; row++)
            {
                values[row][places[i]] = numbers[(i * values.Length) + row];
            }
        }
    }

    // A column of objects is one of numbers where it had been integers and became missing in a row.
    private static double[]? Numbers(NdArray array)
    {
        if (array.IsNumeric)
        {
            return array.ToDoubles();
        }

        if (array.Data is not object?[] items)
        {
            return null;
        }

        var numbers = new double[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (EstimatorNode.AsNumber(items[i]) is not { } number)
            {
                return null;
            }

            numbers[i] = number;
        }

        return numbers;
    }
}
