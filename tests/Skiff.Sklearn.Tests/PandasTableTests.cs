using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn.Tests;

/// <summary>Tables that a file only pretends to hold.</summary>
public sealed class PandasTableTests
{
    [Theory]
    [InlineData(1 << 20, 1 << 20, 1)]
    [InlineData(3, 2, 5)]
    [InlineData(1 << 20, 17, 17 << 20)]
    public void Read_LabelsWithoutNumbers_AreRefusedBeforeMemoryIsTaken(int rows, int columns, int numbers)
    {
        var block = new PyInstance(new PyGlobal("pandas._libs.internals", "_unpickle_block"), [new NdArray(DType.Float64, [1, numbers], new double[numbers]), Slice(columns), 2L]);
        var manager = new PyInstance(new PyGlobal("pandas.core.internals.managers", "BlockManager"), [List(block), List(Range(columns), Range(rows))]);
        var frame = new PyInstance(new PyGlobal("pandas.core.frame", "DataFrame"), []);
        frame.Attributes.Entries.Add(new("_mgr", manager));

        var error = Assert.Throws<ModelLoadException>(() => PandasTable.Read(Node(frame), frame, "mapping"));

        Assert.Equal($"X: 'mapping' has {rows} rows and {columns} columns of labels, which are not those of its numbers, or more than can be read", error.Message);
    }

    private static EstimatorNode Node(PyInstance instance) =>
        new(new ReadContext(new FunctionLibrary(new ModelSource { Directory = ".", Artifacts = ["m"] }, SklearnOptions.Default)), instance, "X", string.Empty);

    private static PyInstance Slice(long end) => new(new PyGlobal("builtins", "slice"), [0L, end, 1L]);

    private static PyInstance Range(long length)
    {
        var range = new PyDict();
        range.Entries.Add(new("start", 0L));
        range.Entries.Add(new("stop", length));
        range.Entries.Add(new("step", 1L));
        return new PyInstance(new PyGlobal("pandas.core.indexes.base", "_new_Index"), [new PyGlobal("pandas.core.indexes.range", "RangeIndex"), range]);
    }

    private static PyList List(params object?[] items)
    {
        var list = new PyList();
        list.Items.AddRange(items);
        return list;
    }
}
