using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>BisectingKMeans</c>: a row goes down a tree to the nearer of two centers each time; distances are those to the final centers.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/cluster/_bisect_k_means.py</c>, <c>_predict_recursive</c>; the same since 1.1. The centers in the tree are those of
/// rows from which <c>_X_mean</c> was taken, where they were dense. Of two centers that are as near the left one is taken.
/// </remarks>
internal sealed class BisectingKMeans : NumericTransformer
{
    private readonly KMeans _distances;
    private readonly Node[] _nodes;
    private readonly ModelOutput[] _outputs;

    private BisectingKMeans(EstimatorNode node, KMeans distances)
        : base(node, distances.FeatureCount)
    {
        _distances = distances;
        var clusters = distances.Width(FeatureCount);
        _nodes = ReadNodes(node, FeatureCount, clusters);
        _outputs = [new(Methods.Predict, "predict", OutputKind.Int64, 0), new(Methods.Transform, "transform", OutputKind.Float64, clusters)];
    }

    public override Methods Methods => Methods.Predict | Methods.Transform;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public static Estimator Read(EstimatorNode node) => new BisectingKMeans(node, KMeans.ReadDistances(node, "cluster_centers_"));

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _distances.Width(inputWidth);

    public override void Transform(Block x, Block y, Scratch scratch) => _distances.Transform(x, y, scratch);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            RequireWidth(x);
            Kernels.RequireFinite(x, Name);
            var dense = scratch.Dense(1, x.Columns).Values;
            var codes = scratch.IntegerArray(x.Rows);
            for (var row = 0; row < x.Rows; row++)
            {
                codes[row] = Descend(NeighborEstimator.RowOf(x, row, dense));
            }

            results.Add(_outputs[0], codes, x.Rows);
        }

        if (wanted.HasFlag(Methods.Transform))
        {
            results.Add(_outputs[1], Transform(x, scratch));
        }
    }

    // Children stand behind their parents, so that every way ends.
    private static Node[] ReadNodes(EstimatorNode node, int features, int clusters)
    {
        var mean = node.Has("_X_mean") ? node.Vector("_X_mean", features) : null;
        var origins = new List<PyInstance> { node.Required("_bisecting_tree") as PyInstance ?? throw node.Unexpected("_bisecting_tree", "a tree") };
        var nodes = new List<Node>();
        for (var i = 0; i < origins.Count; i++)
        {
            var attributes = origins[i].Attributes;
            var left = Attribute(attributes, "left");
            var right = Attribute(attributes, "right");
            var center = i == 0 ? [] : ReadCenter(node, attributes, features, mean);
            var square = Kernels.Dot(center, center);
            if (left is null)
            {
                nodes.Add(new Node(center, square, -1, EstimatorNode.AsInteger(Attribute(attributes, "label")) is >= 0 and var label && label < clusters
                    ? (int)label
                    : throw node.Error($"a leaf of '_bisecting_tree' does not have a label below {clusters}")));
                continue;
            }

            if (left is not PyInstance first || right is not PyInstance second || origins.Count + 2 > (2 * clusters) - 1)
            {
                throw node.Error($"'_bisecting_tree' is not a tree with {clusters} leaves");
            }

            nodes.Add(new Node(center, square, origins.Count, -1));
            origins.Add(first);
            origins.Add(second);
        }

        return [.. nodes];
    }

    private static object? Attribute(PyDict attributes, string name) => attributes.TryGetValue(name, out var value) ? value : null;

    private static double[] ReadCenter(EstimatorNode node, PyDict attributes, int features, double[]? mean)
    {
        if (Attribute(attributes, "center") is not NdArray { IsNumeric: true, Rank: 1 } array || array.Size != features)
        {
            throw node.Error($"a node of '_bisecting_tree' does not have a center of {features} numbers");
        }

        var center = array.ToDoubles();
        for (var j = 0; mean is not null && j < center.Length; j++)
        {
            center[j] += mean[j];
        }

        if (array.Type.Kind == DTypeKind.Float32)
        {
            Singles.Round(center);
        }

        return center;
    }

    private int Descend(ReadOnlySpan<double> row)
    {
        ref readonly var node = ref _nodes[0];
        while (node.Left >= 0)
        {
            ref readonly var left = ref _nodes[node.Left];
            ref readonly var right = ref _nodes[node.Left + 1];
            var isRight = right.Square - (2 * Kernels.Dot(row, right.Center)) < left.Square - (2 * Kernels.Dot(row, left.Center));
            node = ref isRight ? ref right : ref left;
        }

        return node.Label;
    }

    /// <param name="Center">Its center; empty at the root.</param>
    /// <param name="Square">The square of its length.</param>
    /// <param name="Left">Its left child, which the right one follows; -1 at a leaf.</param>
    /// <param name="Label">A leaf's cluster.</param>
    private readonly record struct Node(double[] Center, double Square, int Left, int Label);
}
