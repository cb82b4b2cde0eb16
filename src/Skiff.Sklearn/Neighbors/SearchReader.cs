using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Reads what a neighbors estimator searches: its fitted rows, and the tree over them if it has one.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neighbors/_base.py</c>, <c>kneighbors</c> and <c>radius_neighbors</c>, and <c>is_usable_for</c> of
/// <c>sklearn/metrics/_pairwise_distances_reduction/_dispatcher.py</c>, which decides since 1.1 how brute force keeps the nearest.
/// </remarks>
internal static class SearchReader
{
    public static NeighborSearch Read(EstimatorNode node)
    {
        var metric = MetricReader.Name(node);
        var method = node.Text("_fit_method");
        var fitted = node.Required("_fit_X");
        NeighborSearch search = method switch
        {
            "brute" when metric == "precomputed" => new BruteSearch(new PrecomputedTable(node.CheckedInteger("n_samples_fit_", 1, int.MaxValue)), false),
            "brute" when ScipySparse.IsSparse(fitted) => ReadSparse(node, metric, fitted),
            "brute" => ReadBrute(node, metric),
            "kd_tree" => ReadTree(node, metric, isBall: false),
            "ball_tree" => ReadTree(node, metric, isBall: true),
            _ => throw node.Error($"'_fit_method' is '{method}'; brute, kd_tree and ball_tree are known"),
        };
        if (search.Count == 0)
        {
            throw node.Error("'_fit_X' has no rows");
        }

        return node.FeatureCount < 0 || node.FeatureCount == search.Width
            ? search
            : throw node.Error($"'_fit_X' has {search.Width} columns, 'n_features_in_' is {node.FeatureCount}");
    }

    private static BruteSearch ReadSparse(EstimatorNode node, string metric, object? fitted)
    {
        if (!ScipySparse.TryReadCsr(fitted, out var rows, out var problem))
        {
            throw node.Error($"'_fit_X': {problem}");
        }

        // Between 1.2 and 1.3 pairs of sparse rows went through the heap for every metric, then no more for the euclidean.
        var isDouble = ((PyInstance)fitted!).Attributes.TryGetValue("data", out var data) && data is NdArray { Type.Kind: DTypeKind.Float64 };
        var hasHeap = isDouble && node.Version >= new SklearnVersion(1, 2);
        return metric switch
        {
            "euclidean" or "l2" => new BruteSearch(new SparseTable(rows, SparseMetric.Euclidean), hasHeap && node.Version < new SklearnVersion(1, 4)),
            "cosine" => new BruteSearch(new SparseTable(rows, SparseMetric.Cosine), false),
            "manhattan" or "l1" or "cityblock" => new BruteSearch(new SparseTable(rows, SparseMetric.Manhattan), hasHeap),
            _ => throw node.Error($"the metric '{metric}' over sparse rows is not supported; see docs/estimators.md"),
        };
    }

    private static BruteSearch ReadBrute(EstimatorNode node, string name)
    {
        var rows = node.Matrix("_fit_X");
        var metric = MetricReader.Read(node, name, rows.Columns, isBrute: true);
        return new BruteSearch(Table(node, name, rows, metric), UsesHeap(node, name));
    }

    private static DistanceTable Table(EstimatorNode node, string name, Matrix rows, Metric metric) => metric switch
    {
        EuclideanMetric when name == "euclidean" || UsesPairwiseEuclidean(node) => new ExpandedTable(rows, isSquared: false, isFused: node.Version >= new SklearnVersion(1, 1)),
        EuclideanMetric => new LaneTable<SquareStep>(rows, metric),
        SquaredEuclideanMetric when UsesHeap(node, name) => new ExpandedTable(rows, isSquared: true, isFused: true),
        SquaredEuclideanMetric => new LaneTable<SquareStep>(rows, metric),
        ManhattanMetric => new LaneTable<AbsoluteStep>(rows, metric),
        ChebyshevMetric => new LaneTable<HighestStep>(rows, metric),
        _ => new MetricTable(rows, metric),
    };

    // 'l2' is another spelling of euclidean where a whole matrix of distances is made.
    private static bool UsesPairwiseEuclidean(EstimatorNode node) => !UsesHeap(node, "l2");

    private static bool UsesHeap(EstimatorNode node, string metric)
    {
        if (node.Version < new SklearnVersion(1, 1) || metric is "cosine" or "mahalanobis" or "hamming" || FlagMetric.Find(metric) is not null)
        {
            return false;
        }

        // The rows that are asked about are doubles; fitted rows of another type take the older way.
        return node.Required("_fit_X") is NdArray { Type.Kind: DTypeKind.Float64 };
    }

    private static TreeSearch ReadTree(EstimatorNode node, string name, bool isBall)
    {
        if (node.Required("_tree") is not PyInstance { State: PyTuple { Count: >= 12 } state })
        {
            throw node.Unexpected("_tree", "a tree with its state");
        }

        var points = Part(node, state, 0, "points") is { IsNumeric: true, Rank: 2 } data
            ? new Matrix(data.Shape[0], data.Shape[1], data.ToDoubles(), false)
            : throw node.Error("'_tree' has no points in two dimensions");
        var metric = MetricReader.Read(node, name, points.Columns, isBrute: false);
        var ids = ReadIds(node, state, points.Rows);
        var structured = Part(node, state, 2, "nodes");
        var nodes = ReadNodes(node, structured, points.Rows, out var radii);
        var bounds = ReadBounds(node, Part(node, state, 3, "bounds"), isBall, nodes.Length, points.Columns);
        return new TreeSearch(
            Permute(points, ids),
            ids,
            nodes,
            isBall ? new BallBounds(bounds[0], radii, metric) : new BoxBounds(bounds[0], bounds[1], RequireNorm(node, name, metric)),
            metric);
    }

    private static NdArray Part(EstimatorNode node, PyTuple state, int index, string what) =>
        state.Items[index] as NdArray ?? throw node.Error($"the {what} of '_tree' are {Describe.Value(state.Items[index])}; expected an array");

    private static double RequireNorm(EstimatorNode node, string name, Metric metric) => double.IsNaN(metric.Exponent)
        ? throw node.Error($"a k-d tree cannot have the metric '{name}'")
        : metric.Exponent;

    private static int[] ReadIds(EstimatorNode node, PyTuple state, int count)
    {
        var array = Part(node, state, 1, "indices");
        if (array is { Rank: 1, Type.Kind: DTypeKind.Int64 or DTypeKind.Int32 } && array.Size == count
            && !array.ToInt64s().AsSpan().ContainsAnyExceptInRange(0, count - 1))
        {
            return array.ToInt32s();
        }

        throw node.Error($"the indices of '_tree' are not {count} rows of its {count} points");
    }

    private static TreeNode[] ReadNodes(EstimatorNode node, NdArray array, int points, out double[] radii)
    {
        if (Field(array, "idx_start") is not { } starts
            || Field(array, "idx_end") is not { } ends
            || Field(array, "is_leaf") is not { } leaves
            || !array.TryGetField("radius", out var radius) || radius is not { Rank: 1, IsNumeric: true, Size: > 0 })
        {
            throw node.Error("the nodes of '_tree' do not have idx_start, idx_end, is_leaf and radius");
        }

        radii = radius.ToDoubles();
        var nodes = new TreeNode[starts.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            var isLeaf = leaves[i] != 0;
            if (starts[i] < 0 || ends[i] > points || starts[i] > ends[i] || (!isLeaf && (2L * i) + 2 >= nodes.Length))
            {
                throw node.Error($"node {i} of '_tree' does not fit {points} points and {nodes.Length} nodes");
            }

            nodes[i] = new TreeNode((int)starts[i], (int)ends[i], isLeaf);
        }

        return nodes;
    }

    private static long[]? Field(NdArray array, string name) =>
        array.TryGetField(name, out var field) && field.Rank == 1 && field.Type.Kind <= DTypeKind.Int64 ? field.ToInt64s() : null;

    private static Matrix[] ReadBounds(EstimatorNode node, NdArray array, bool isBall, int nodes, int columns)
    {
        var parts = isBall ? 1 : 2;
        if (array is not { Rank: 3, IsNumeric: true } || array.Shape[0] != parts || array.Shape[1] != nodes || array.Shape[2] != columns)
        {
            throw node.Error($"the bounds of '_tree' have the shape {array.ShapeText}; expected ({parts}, {nodes}, {columns})");
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
