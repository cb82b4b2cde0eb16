using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>LabelPropagation</c> and <c>LabelSpreading</c>: the labels of the training rows, weighed by how near they are to a row.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/semi_supervised/_label_propagation.py</c>, <c>predict_proba</c>; the same since 0.22. With the kernel <c>rbf</c> all
/// training rows count, with <c>knn</c> the nearest count the same. A row that is too far from all has NaN for probabilities and the first label.
/// </remarks>
internal sealed class LabelPropagation : Classifier
{
    private readonly string _name;
    private readonly PairwiseKernel? _kernel;
    private readonly NeighborSearch? _search;
    private readonly int _count;
    private readonly Matrix _distributions;

    private LabelPropagation(EstimatorNode node, LabelSet classes, PairwiseKernel? kernel, (NeighborSearch Search, int Count)? nearest)
        : base(classes, Methods.Predict | Methods.PredictProba, classes.Count)
    {
        _name = node.ClassName;
        _kernel = kernel;
        _search = nearest?.Search;
        _count = nearest?.Count ?? 0;
        _distributions = node.Matrix("label_distributions_", rows: kernel?.Count ?? _search!.Count, columns: classes.Count);
        FeatureCount = kernel?.Width ?? _search!.Width;
        FeatureNames = node.FeatureNames;
        if (node.FeatureCount >= 0 && node.FeatureCount != FeatureCount)
        {
            throw node.Error($"the fitted rows have {FeatureCount} columns, 'n_features_in_' is {node.FeatureCount}");
        }
    }

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        switch (node.Required("kernel"))
        {
            case "rbf":
                return new LabelPropagation(node, classes, PairwiseKernel.Read(node, "X_"), null);
            case "knn":
                var neighbors = SearchReader.Neighbors(node, "nn_fit");
                var search = SearchReader.Read(neighbors);
                return new LabelPropagation(node, classes, null, (search, neighbors.CheckedInteger("n_neighbors", 1, search.Count)));
            default:
                throw node.Error($"'kernel' is {Describe.Value(node.Optional("kernel"))}; rbf and knn can be served, a function of one's own cannot");
        }
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (_search is { TakesSparse: false })
        {
            Kernels.RequireDenseInput(kind, $"{_name} with a tree");
        }
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Columns.RequireWidth(x, FeatureCount, _name);
        Kernels.RequireFinite(x, _name);
        var probabilities = scratch.Dense(x.Rows, _distributions.Columns);
        if (_kernel is not null)
        {
            ByKernel(_kernel, x, probabilities, scratch);
        }
        else
        {
            ByNeighbors(_search!, x, probabilities, scratch);
        }

        for (var row = 0; row < x.Rows; row++)
        {
            var cells = probabilities.Row(row);
            var sum = NumpySum.Of(cells);
            foreach (ref var cell in cells)
            {
                cell /= sum;
            }
        }

        if (wanted.HasFlag(Methods.Predict))
        {
            AddHighest(probabilities, scratch, results);
        }

        AddProbabilities(wanted, probabilities, scratch, results);
    }

    private void ByKernel(PairwiseKernel kernel, Block x, DenseBlock y, Scratch scratch)
    {
        var rows = kernel.Prepare(x, scratch);
        var weights = scratch.Dense(1, kernel.Count).Values;
        for (var row = 0; row < x.Rows; row++)
        {
            kernel.Fill(rows, row, weights);
            var target = y.Row(row);
            scratch.Step((long)weights.Length * target.Length);
            target.Clear();
            for (var i = 0; i < weights.Length; i++)
            {
                var distribution = _distributions.Row(i);
                for (var k = 0; k < target.Length; k++)
                {
                    target[k] = Kernels.MultiplyAdd(weights[i], distribution[k], target[k]);
                }
            }
        }
    }

    private void ByNeighbors(NeighborSearch search, Block x, DenseBlock y, Scratch scratch)
    {
        var dense = scratch.Dense(1, x.Columns).Values;
        var work = NeighborBuffer.Of(search.Count, scratch);
        var found = NeighborBuffer.Of(_count, scratch);
        for (var row = 0; row < x.Rows; row++)
        {
            search.Nearest(NeighborEstimator.RowOf(x, row, dense), found, work);
            var target = y.Row(row);
            target.Clear();
            foreach (var neighbor in found.Indices)
            {
                var distribution = _distributions.Row(neighbor);
                for (var k = 0; k < target.Length; k++)
                {
                    target[k] += distribution[k];
                }
            }
        }
    }
}
