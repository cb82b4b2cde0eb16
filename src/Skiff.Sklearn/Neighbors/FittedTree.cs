using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>A k-d tree or ball tree, as a file holds it.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/neighbors/_binary_tree.pxi.tp</c>, <c>__getstate__</c>; the same since 0.22.</remarks>
/// <param name="Points">The fitted rows in the order of the leaves.</param>
/// <param name="Ids">Which fitted row each is.</param>
/// <param name="Nodes">The nodes; those that are no leaves have both children, node i at 2i+1 and 2i+2.</param>
/// <param name="Bounds">Where the nodes lie.</param>
/// <param name="Metric">The metric.</param>
/// <param name="State">Everything the file says about the tree.</param>
internal sealed record FittedTree(Matrix Points, int[] Ids, TreeNode[] Nodes, NodeBounds Bounds, Metric Metric, PyTuple State)
{
    /// <summary>Reads a tree.</summary>
    /// <param name="node">The estimator.</param>
    /// <param name="tree">The attribute that holds it.</param>
    /// <param name="isBall">Whether it is a ball tree.</param>
    /// <param name="metricOf">Its metric, given the width of its points.</param>
    public static FittedTree Read(EstimatorNode node, string tree, bool isBall, Func<int, Metric> metricOf)
    {
        if (node.Required(tree) is not PyInstance { State: PyTuple { Count: >= 12 } state })
        {
            throw node.Unexpected(tree, "a tree with its state");
        }

        var points = Part(node, tree, state, 0, "points") is { IsNumeric: true, Rank: 2 } data
            ? new Matrix(data.Shape[0], data.Shape[1], data.ToDoubles(), false)
            : throw node.Error($"'{tree}' has no points in two dimensions");
        var metric = metricOf(points.Columns);
        var ids = ReadIds(node, tree, state, points.Rows);
        var structured = Part(node, tree, state, 2, "nodes");
        var nodes = ReadNodes(node, tree, structured, points.Rows, out var radii);
        var bounds = ReadBounds(node, tree, Part(node, tree, state, 3, "bounds"), isBall, nodes.Length, points.Columns);
        return new FittedTree(
            Permute(points, ids),
            ids,
            nodes,
            isBall ? new BallBounds(bounds[0], radii, metric) : new BoxBounds(bounds[0], bounds[1], RequireNorm(node, tree, metric)),
            metric,
            state);
    }

    private static NdArray Part(EstimatorNode node, string tree, PyTuple state, int index, string what) =>
        state.Items[index] as NdArray ?? throw node.Error($"the {what} of '{tree}' are {Describe.Value(state.Items[index])}; expected an array");

    private static double RequireNorm(EstimatorNode node, string tree, Metric metric) => double.IsNaN(metric.Exponent)
        ? throw node.Error($"'{tree}' is a k-d tree, which cannot have this metric")
        : metric.Exponent;

    private static int[] ReadIds(EstimatorNode node, string tree, PyTuple state, int count)
    {
        var array = Part(node, tree, state, 1, "indices");
        if (array is { Rank: 1, Type.Kind: DTypeKind.Int64 or DTypeKind.Int32 } && array.Size == count
            && !array.ToInt64s().AsSpan().ContainsAnyExceptInRange(0, count - 1))
        {
            return array.ToInt32s();
        }

        throw node.Error($"the indices of '{tree}' are not {count} rows of its {count} points");
    }

    private static TreeNode[] ReadNodes(EstimatorNode node, string tree, NdArray array, int points, out double[] radii)
    {
        if (Field(array, "idx_start") is not { } starts
            || Field(array, "idx_end") is not { } ends
            || Field(array, "is_leaf") is not { } leaves
            || !array.TryGetField("radius", out var radius) || radius is not { Rank: 1, IsNumeric: true, Size: > 0 })
        {
            throw node.Error($"the nodes of '{tree}' do not have idx_start, idx_end, is_leaf and radius");
        }

        radii = radius.ToDoubles();
        var nodes = new TreeNode[starts.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            var isLeaf = leaves[i] != 0;
            if (starts[i] < 0 || ends[i] > points || starts[i] > ends[i] || (!isLeaf && (2L * i) + 2 >= nodes.Length))
            {
                throw node.Error($"node {i} of '{tree}' does not fit {points} points and {nodes.Length} nodes");
            }

            nodes[i] = new TreeNode((int)starts[i], (int)ends[i], isLeaf);
        }

        return nodes;
    }

    private static long[]? Field(NdArray array, string name) =>
        array.TryGetField(name, out var field) && field.Rank == 1 && field.Type.Kind <= DTypeKind.Int64 ? field.ToInt64s() : null;

    private static Matrix[] ReadBounds(EstimatorNode node, string tree, NdArray array, bool isBall, int nodes, int columns)
    {
        var parts = isBall ? 1 : 2;
        if (array is not { Rank: 3, IsNumeric: true } || array.Shape[0] != parts || array.Shape[1] != nodes || array.Shape[2] != columns)
        {
            throw node.Error($"the bounds of '{tree}' have the shape {array.ShapeText}; expected ({parts}, {nodes}, {columns})");
        }

        var values = array.ToDoubles();
        return [.. Enumerable.Range(0, parts).Select(part => new Matrix(nodes, columns, values[(part * nodes * columns)..((part + 1) * nodes * columns)], false))];
    }

    private static Matrix Permute(Matrix points, int[] ids)
    {
        var values = new double[points.Values.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            points.Row(ids[i]).CopyTo(values.AsSpan(i * points.Columns));
        }

        return points with { Values = values };
    }
}
