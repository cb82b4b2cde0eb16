using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>GaussianProcessRegressor</c>: the mean of the posterior, one number a row, or one a target, and as <c>predict_std</c> its standard deviation.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/gaussian_process/_gpr.py</c>, <c>predict</c>. Targets are divided by their deviation since 0.23, which keeps it
/// as <c>_y_train_std</c>. One target in a column of its own is answered without one since 1.1.
/// </remarks>
internal sealed class GaussianProcessRegressor : Estimator
{
    private readonly TrainingRows _rows;
    private readonly Matrix _weights;
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly ModelOutput[] _outputs;
    private readonly PosteriorVariance? _variance;

    private GaussianProcessRegressor(EstimatorNode node, TrainingRows rows)
    {
        _rows = rows;
        var hasTargets = node.Required("alpha_") is not NdArray { Rank: 1 };
        _weights = hasTargets ? node.Matrix("alpha_", rows: rows.Count).Transpose() : new Matrix(1, rows.Count, node.Vector("alpha_", rows.Count), false);
        if (_weights.Rows == 0)
        {
            throw node.Error("'alpha_' has no columns");
        }

        _means = PerTarget(node, "_y_train_mean");
        _scales = node.Has("_y_train_std") ? PerTarget(node, "_y_train_std") : [.. Enumerable.Repeat(1.0, _weights.Rows)];
        var hasColumns = hasTargets && (_weights.Rows > 1 || node.Version < new SklearnVersion(1, 1));
        _variance = PosteriorVariance.Read(node, rows.Count);
        var mean = new ModelOutput(Methods.Predict, "predict", OutputKind.Float64, hasColumns ? _weights.Rows : 0);
        _outputs = _variance is null ? [mean]
            : [mean, new(Methods.PredictStd, "predict_std", OutputKind.Float64, _variance.Scales.Length == 1 ? 0 : _variance.Scales.Length)];
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => _variance is null ? Methods.Predict : Methods.Predict | Methods.PredictStd;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => _rows.Width;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new GaussianProcessRegressor(node, TrainingRows.Read(node));

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, "GaussianProcessRegressor");
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var variance = wanted.HasFlag(Methods.PredictStd) ? _variance : null;
        if (variance is null && !wanted.HasFlag(Methods.Predict))
        {
            return;
        }

        var rows = _rows.Check(x, scratch);
        var values = scratch.Dense(1, _rows.Count).Row(0);
        var work = scratch.Dense(1, _rows.Work).Row(0);
        var y = scratch.Dense(x.Rows, _weights.Rows);
        var deviations = scratch.Dense(x.Rows, variance?.Scales.Length ?? 0);
        for (var row = 0; row < x.Rows; row++)
        {
            scratch.Step(_rows.WorkOf(variance is not null));
            _rows.Fill(rows, row, values, work);
            for (var k = 0; k < _weights.Rows; k++)
            {
                y.Row(row)[k] = (_scales[k] * Kernels.Dot(values, _weights.Row(k))) + _means[k];
            }

            // Last, since it takes the kernel's values to work with.
            variance?.Fill(_rows.Diagonal(rows, row), values, deviations.Row(row));
        }

        if (wanted.HasFlag(Methods.Predict))
        {
            results.Add(_outputs[0], y);
        }

        if (variance is not null)
        {
            results.Add(_outputs[1], deviations);
        }
    }

    private double[] PerTarget(EstimatorNode node, string name)
    {
        var values = node.Vector(name);
        return values.Length == _weights.Rows ? values
            : values.Length == 1 ? [.. Enumerable.Repeat(values[0], _weights.Rows)]
            : throw node.Error($"'{name}' has {values.Length} numbers for {_weights.Rows} targets");
    }
}
