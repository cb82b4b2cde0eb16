using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>Attributes that are lists: of matrices, of vectors, of estimators. Each item is checked, and an error names its place in the list.</summary>
internal static class NodeLists
{
    /// <summary>Numbers in two dimensions, several times.</summary>
    public static Matrix[] Matrices(this EstimatorNode node, string name) =>
        [.. node.List(name).Select((item, i) => item is NdArray { IsNumeric: true, Rank: 2 } array
            ? new Matrix(array.Shape[0], array.Shape[1], array.ToDoubles(), array.Type.Kind == DTypeKind.Float32)
            : throw node.UnexpectedItem(name, i, item, "numbers in two dimensions"))];

    /// <summary>Numbers in one dimension, several times.</summary>
    public static double[][] Vectors(this EstimatorNode node, string name) =>
        [.. node.List(name).Select((item, i) => item is NdArray { IsNumeric: true, Rank: 1 } array
            ? array.ToDoubles()
            : throw node.UnexpectedItem(name, i, item, "numbers in one dimension"))];

    /// <summary>The estimators of a list, which must hold at least one.</summary>
    public static Estimator[] Children(this EstimatorNode node, string name)
    {
        var items = node.List(name);
        return items.Count == 0
            ? throw node.Error($"'{name}' is empty")
            : [.. items.Select((item, i) => node.Context.ReadEstimator(item, node.Join($"{name}[{i}]")))];
    }

    /// <summary>An error about an item of a list.</summary>
    public static Models.ModelLoadException UnexpectedItem(this EstimatorNode node, string name, int index, object? item, string expected) =>
        node.Error($"'{name}[{index}]' is {Describe.Value(item)}; expected {expected}");
}
