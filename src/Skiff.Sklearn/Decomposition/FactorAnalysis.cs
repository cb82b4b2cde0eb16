using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>FactorAnalysis</c>: the expected factors of each row, and its log-likelihood.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/decomposition/_factor_analysis.py</c>, <c>transform</c> and <c>score_samples</c>; the same since 0.22, but that
/// before 0.24 score_samples took whatever the rows held. The precision, a matrix
/// as wide as the rows, is not made: it acts by way of the factors.
/// </remarks>
internal sealed class FactorAnalysis : NumericTransformer
{
    private readonly double[] _mean;
    private readonly LinearFunction _projection;
    private readonly LinearFunction _posterior;
    private readonly double[] _noise;
    private readonly double _constant;
    private readonly bool _scoresAnything;
    private readonly ModelOutput[] _outputs;

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
        _noise = noise;
        _scoresAnything = node.Version < new SklearnVersion(0, 24);
        var logDeterminant = LinearAlgebra.LogDeterminant(precision) ?? throw node.Error("'components_' and 'noise_variance_' give a matrix that is not positive");
        _constant = 0.5 * ((components.Columns * Math.Log(2 * Math.PI)) + logDeterminant + noise.Sum(Math.Log));
        _outputs = [new(Methods.Transform, "transform", OutputKind.Float64, count), new(Methods.ScoreSamples, "score_samples", OutputKind.Float64, 0)];
    }

    public override Methods Methods => Methods.Transform | Methods.ScoreSamples;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public static Estimator Read(EstimatorNode node) =>
        node.Matrix("components_") is { Rows: > 0 and <= 4096 } components ? new FactorAnalysis(node, components) : throw node.Error("'components_' has no rows, or too many");

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _posterior.Outputs;

    public override void Transform(Block x, Block y, Scratch scratch) => _posterior.Run(_projection.Run(Center(x, takesAnything: false, scratch), scratch), (DenseBlock)y, scratch);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        base.Run(wanted, x, scratch, results);
        if (!wanted.HasFlag(Methods.ScoreSamples))
        {
            return;
        }

        var centered = Center(x, _scoresAnything, scratch);
        var projected = _projection.Run(centered, scratch);
        var factors = _posterior.Run(projected, scratch);
        var scores = scratch.Dense(x.Rows, 1);
        for (var row = 0; row < x.Rows; row++)
        {
            scores.Row(row)[0] = (-0.5 * (Square(centered.Row(row)) - Kernels.Dot(projected.Row(row), factors.Row(row)))) - _constant;
        }

        results.Add(_outputs[1], scores);
    }

    private double Square(ReadOnlySpan<double> centered)
    {
        var sum = 0.0;
        for (var j = 0; j < centered.Length; j++)
        {
            sum += centered[j] * centered[j] / _noise[j];
        }

        return sum;
    }

    private DenseBlock Center(Block x, bool takesAnything, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        if (!takesAnything)
        {
            Kernels.RequireFinite(x, Name);
        }

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

        return centered;
    }
}
