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

    /// <summary>The node of a <c>NearestNeighbors</c> that an estimator holds.</summary>
    public static EstimatorNode Neighbors(EstimatorNode node, string name) =>
        node.Required(name) is PyInstance { Type: { Module: "sklearn.neighbors._unsupervised" or "sklearn.neighbors.unsupervised", Name: "NearestNeighbors" } } instance
            ? new EstimatorNode(node.Context, instance, "NearestNeighbors", node.Join(name))
            : throw node.Unexpected(name, "a NearestNeighbors");

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
        var tree = FittedTree.Read(node, "_tree", isBall, width => MetricReader.Read(node, name, width, isBrute: false));
        return new TreeSearch(tree.Points, tree.Ids, tree.Nodes, tree.Bounds, tree.Metric);
    }
}
