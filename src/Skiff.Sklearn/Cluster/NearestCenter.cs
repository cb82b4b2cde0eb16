using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>AffinityPropagation</c> and <c>MeanShift</c>: the number of the nearest center.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/cluster/_affinity_propagation.py</c> and <c>_mean_shift.py</c>, <c>predict</c>. Affinity propagation that did not
/// converge has no centers, and answers -1. It has taken sparse rows since 0.24.
/// </remarks>
internal sealed class NearestCenter : Estimator
{
    private readonly CenterTable? _centers;
    private readonly string _name;
    private readonly bool _acceptsSparse;
    private readonly ModelOutput[] _outputs = [new(Methods.Predict, "predict", OutputKind.Int64, 0)];

    private NearestCenter(EstimatorNode node, Matrix centers, bool acceptsSparse)
    {
        if (node.FeatureCount >= 0 && node.FeatureCount != centers.Columns)
        {
            throw node.Error($"'cluster_centers_' has {centers.Columns} columns, 'n_features_in_' is {node.FeatureCount}");
        }

        _centers = centers.Rows == 0 ? null : new CenterTable(centers, node.Version);
        _name = node.ClassName;
        _acceptsSparse = acceptsSparse;
        FeatureCount = centers.Columns;
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator ReadAffinityPropagation(EstimatorNode node) => node.Optional("affinity") is "precomputed"
        ? throw node.Error("'affinity' is precomputed: it has no centers and cannot predict")
        : new NearestCenter(node, node.Matrix("cluster_centers_"), acceptsSparse: node.Version >= new SklearnVersion(0, 24));

    public static Estimator ReadMeanShift(EstimatorNode node) => node.Matrix("cluster_centers_") is { Rows: > 0 } centers
        ? new NearestCenter(node, centers, acceptsSparse: false)
        : throw node.Error("'cluster_centers_' has no rows");

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (!_acceptsSparse)
        {
            Kernels.RequireDenseInput(kind, _name);
        }
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (!wanted.HasFlag(Methods.Predict))
        {
            return;
        }

        Columns.RequireWidth(x, FeatureCount, _name);
        Kernels.RequireFinite(x, _name);
        var codes = scratch.IntegerArray(x.Rows);
        if (_centers is null)
        {
            codes.AsSpan(0, x.Rows).Fill(-1);
        }
        else
        {
            _centers.Fill(x, codes, scratch);
        }

        results.Add(_outputs[0], codes, x.Rows);
    }
}
