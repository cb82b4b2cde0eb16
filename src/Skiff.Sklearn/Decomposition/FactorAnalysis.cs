using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>FactorAnalysis</c>: the expected factors of each row.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/decomposition/_factor_analysis.py</c>, <c>transform</c>; the same since 0.22.</remarks>
internal sealed class FactorAnalysis : NumericTransformer
{
    private readonly double[] _mean;
    private readonly LinearFunction _projection;
    private readonly LinearFunction _posterior;

    private FactorAnalysis(EstimatorNode node, Matrix components)
        : base(node, components.Columns)
    {
        _mean = node.Vector("mean_", components.Columns);
        var noise = node.Vector("noise_variance_", components.Columns);
        var weighted = new double[components.Values.Length];
        for (var i = 0; i < weighted.Length; i++)
        {
            weighted[i] = components.Values[i] / noise[i % components.Columns];
        }

        var count = components.Rows;
        var precision = new Matrix(count, count, new double[count * count], false);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                precision.Values[(i * count) + j] = Kernels.Dot(weighted.AsSpan(i * components.Columns, components.Columns), components.Row(j)) + (i == j ? 1 : 0);
            }
        }

        var covariance = LinearAlgebra.Invert(precision) ?? throw node.Error("'components_' and 'noise_variance_' give a singular matrix");
        _projection = new LinearFunction(new Matrix(count, components.Columns, weighted, false), [0]);
        _posterior = new LinearFunction(covariance.Transpose(), [0]);
    }

    public static Estimator Read(EstimatorNode node) =>
        node.Matrix("components_") is { Rows: > 0 and <= 4096 } components ? new FactorAnalysis(node, components) : throw node.Error("'components_' has no rows, or too many");

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _posterior.Outputs;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        Kernels.RequireFinite(x, Name);
        var centered = scratch.Dense(x.Rows, x.Columns);
        for (var row = 0; row < x.Rows; row++)
        {
            var from = rows.Row(row);
            var to = centered.Row(row);
            for (var j = 0; j < from.Length; j++)
            {
                to[j] = from[j] - _mean[j];
            }
        }

        _posterior.Run(_projection.Run(centered, scratch), (DenseBlock)y);
    }
}
