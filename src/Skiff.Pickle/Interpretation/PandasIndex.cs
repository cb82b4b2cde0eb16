using System.Diagnostics.CodeAnalysis;
using Skiff.Numerics;

namespace Skiff.Pickle;

/// <summary>
/// pandas' <c>Index</c> and its kin, which stay records in the graph: what <c>_new_Index</c> of <c>pandas/core/indexes/base.py</c> would be
/// called with, from pandas 1 (with <c>Int64Index</c>) on. Columns of a data frame that a fitted transformer remembers are such.
/// </summary>
public static class PandasIndex
{
    /// <summary>A range costs a file nothing; so many labels are believed.</summary>
    private const int LongestRange = 1 << 20;

    /// <summary>An index may hold a categorical, whose categories are an index; no further than that in real files.</summary>
    private const int MostLevels = 4;

    /// <summary>Reads the labels of an index.</summary>
    /// <param name="value">A value of a graph.</param>
    /// <param name="labels">
    /// The labels as Python has them: <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, or whatever an
    /// index of objects holds. A missing category is null.
    /// </param>
    /// <returns>Whether the value is an <c>Index</c>, <c>RangeIndex</c>, <c>CategoricalIndex</c>, <c>Int64Index</c> and so on, over plain arrays.</returns>
    public static bool TryRead(object? value, [NotNullWhen(true)] out object?[]? labels)
    {
        // From the outside in: each categorical on the way leaves its codes, which pick from the labels found at the end.
        var codes = new Stack<NdArray>();
        labels = null;
        for (var level = 0; level < MostLevels; level++)
        {
            switch (value)
            {
                case PyInstance { Type.Name: "_new_Index", Arguments: [PyGlobal { Name: "RangeIndex" }, PyDict range] }:
                    labels = ReadRange(range);
                    break;
                case PyInstance { Type.Name: "_new_Index", Arguments: [PyGlobal, PyDict attributes] } when attributes.TryGetValue("data", out var data):
                    value = data;
                    continue;
                case PyInstance array when TryReadCategorical(array, codes, out var categories):
                    value = categories;
                    continue;
                case PyInstance array when ArrayOf(array) is { } backing:
                    labels = Box(backing);
                    break;
                case NdArray { Rank: 1 } array:
                    labels = Box(array);
                    break;
            }

            break;
        }

        while (labels is not null && codes.TryPop(out var picks))
        {
            labels = Pick(labels, picks);
        }

        return labels is not null;
    }

    private static object?[]? ReadRange(PyDict range)
    {
        if (!range.TryGetValue("start", out var startValue) || startValue is not long start
            || !range.TryGetValue("stop", out var stopValue) || stopValue is not long stop
            || !range.TryGetValue("step", out var stepValue) || stepValue is not long step
            || step == 0)
        {
            return null;
        }

        var count = Int128.Max(0, ((Int128)stop - start + step - Math.Sign(step)) / step);
        return count > LongestRange ? null : [.. Enumerable.Range(0, (int)count).Select(i => (object?)(start + (i * step)))];
    }

    private static bool TryReadCategorical(PyInstance array, Stack<NdArray> codes, out object? categories)
    {
        categories = null;
        var (type, picks) = array switch
        {
            { Type.Name: "Categorical", State: PyDict attributes } when attributes.TryGetValue("_codes", out var c) && attributes.TryGetValue("_dtype", out var t) => (t, c as NdArray),
            { Type.Name: "__pyx_unpickle_NDArrayBacked", State: PyTuple { Items: [var a, var b, _] } } => a is NdArray n ? (b, n) : (a, b as NdArray),
            _ => (null, null),
        };
        if (picks is null || type is not PyInstance { Type.Name: "CategoricalDtype" } dtype || !dtype.Attributes.TryGetValue("categories", out categories))
        {
            return false;
        }

        codes.Push(picks);
        return true;
    }

    /// <summary>The array behind a pandas array that wraps one (<c>StringArray</c>, <c>NumpyExtensionArray</c>, <c>PandasArray</c>).</summary>
    private static NdArray? ArrayOf(PyInstance array) => array switch
    {
        { Type.Name: "__pyx_unpickle_NDArrayBacked", State: PyTuple { Items: [var a, var b, _] } } => a as NdArray ?? b as NdArray,
        _ when array.Type.Module.StartsWith("pandas.", StringComparison.Ordinal) && array.Attributes.TryGetValue("_ndarray", out var n) => n as NdArray,
        _ => null,
    };

    private static object?[]? Pick(object?[] labels, NdArray codes)
    {
        if (codes.Rank != 1 || codes.Type.Kind is not (DTypeKind.Int8 or DTypeKind.Int16 or DTypeKind.Int32 or DTypeKind.Int64))
        {
            return null;
        }

        var picked = new object?[codes.Size];
        var indices = codes.ToInt64s();
        for (var i = 0; i < picked.Length; i++)
        {
            if (indices[i] < -1 || indices[i] >= labels.Length)
            {
                return null;
            }

            picked[i] = indices[i] < 0 ? null : labels[indices[i]];
        }

        return picked;
    }

    private static object?[]? Box(NdArray array) => array.Type.Kind switch
    {
        DTypeKind.Object => (object?[])array.Data,
        DTypeKind.Unicode => (string[])array.Data,
        DTypeKind.Bool => Array.ConvertAll((bool[])array.Data, x => (object?)x),
        DTypeKind.UInt64 => Array.ConvertAll((ulong[])array.Data, x => (object?)x),
        DTypeKind.Float16 or DTypeKind.Float32 or DTypeKind.Float64 => Array.ConvertAll(array.ToDoubles(), x => (object?)x),
        _ when array.IsNumeric => Array.ConvertAll(array.ToInt64s(), x => (object?)x),
        _ => null,
    };
}
