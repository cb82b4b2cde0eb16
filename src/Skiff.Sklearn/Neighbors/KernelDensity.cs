using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>KernelDensity</c>: the logarithm of a row's density under the training rows.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neighbors/_kde.py</c>, <c>score_samples</c>. Since 1.2 the bandwidth that was used is kept apart from the parameter,
/// which can be the name of a rule.
/// </remarks>
internal sealed class KernelDensity : Estimator
{
    private readonly DensityTree _density;
    private readonly ModelOutput[] _outputs = [new(Methods.ScoreSamples, "score_samples", OutputKind.Float64, 0)];

    private KernelDensity(EstimatorNode node, FittedTree tree)
    {
        var width = node.Number(node.Has("bandwidth_") ? "bandwidth_" : "bandwidth");
        if (!(width > 0))
        {
            throw node.Error("'bandwidth' is not above 0");
        }

        var form = node.Text("kernel") switch
        {
            "gaussian" => DensityForm.Gaussian,
            "tophat" => DensityForm.TopHat,
            "epanechnikov" => DensityForm.Epanechnikov,
            "exponential" => DensityForm.Exponential,
            "linear" => DensityForm.Linear,
            "cosine" => DensityForm.Cosine,
            var other => throw node.Error($"'kernel' is '{other}'; gaussian, tophat, epanechnikov, exponential, linear and cosine are known"),
        };
        FeatureCount = tree.Points.Columns;
        FeatureNames = node.FeatureNames;
        _density = new DensityTree(
            tree,
            Weights(node, tree),
            new DensityKernel(form, width, FeatureCount),
            node.Number("atol"),
            node.Number("rtol"),
            node.Flag("breadth_first"));
    }

    public override Methods Methods => Methods.ScoreSamples;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var type = node.Required("tree_") is PyInstance { Arguments: [PyGlobal name] } ? name.Name : null;
        var tree = type switch
        {
            "KDTree" or "KDTree64" => FittedTree.Read(node, "tree_", isBall: false, width => TreeMetric.Read(node, "tree_", width)),
            "BallTree" or "BallTree64" => FittedTree.Read(node, "tree_", isBall: true, width => TreeMetric.Read(node, "tree_", width)),
            _ => throw node.Unexpected("tree_", "a KDTree or a BallTree"),
        };
        if (tree.Points.Rows == 0 || tree.Points.Columns == 0)
        {
            throw node.Error("'tree_' has no points or no columns");
        }

        return node.FeatureCount < 0 || node.FeatureCount == tree.Points.Columns
            ? new KernelDensity(node, tree)
            : throw node.Error($"the points of 'tree_' have {tree.Points.Columns} columns, 'n_features_in_' is {node.FeatureCount}");
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, nameof(KernelDensity));
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (!wanted.HasFlag(Methods.ScoreSamples))
        {
            return;
        }

        Columns.RequireWidth(x, FeatureCount, nameof(KernelDensity));
        Kernels.RequireFinite(x, nameof(KernelDensity));
        var work = scratch.Dense(1, _density.Work).Values;
        var places = scratch.Integers(_density.Places);
        var y = scratch.Dense(x.Rows, 1);
        for (var row = 0; row < x.Rows; row++)
        {
            y.Row(row)[0] = _density.Log(((DenseBlock)x).Row(row), work, places, scratch);
        }

        results.Add(_outputs[0], y);
    }

    private static double[]? Weights(EstimatorNode node, FittedTree tree) => tree.State.Count > 12 && tree.State.Items[12] is { } value
        ? value is NdArray { IsNumeric: true, Rank: 1 } weights && weights.Size == tree.Points.Rows
            ? weights.ToDoubles()
            : throw node.Error($"the weights of 'tree_' are {Describe.Value(value)}; expected {tree.Points.Rows} numbers")
        : null;
}
