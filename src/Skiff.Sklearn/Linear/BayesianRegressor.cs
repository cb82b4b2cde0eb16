using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>BayesianRidge</c> and <c>ARDRegression</c>: a linear function, and as <c>predict_std</c> the standard deviation of what it predicts.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/linear_model/_bayes.py</c>, <c>predict</c> with <c>return_std=True</c>. The deviation is taken around the mean of the
/// training data since 1.9; before, only where the training data was normalized (until 1.1), and then scaled. <c>ARDRegression</c> takes the columns
/// whose precision is below <c>threshold_lambda</c>.
/// </remarks>
internal sealed class BayesianRegressor : Estimator
{
    private readonly LinearFunction _function;
    private readonly Matrix? _covariance;
    private readonly double _noise;
    private readonly int[] _kept;
    private readonly double[] _offsets;
    private readonly double[] _scales;
    private readonly ModelOutput[] _outputs;
    private readonly string _name;

    private BayesianRegressor(EstimatorNode node, LinearFunction function)
    {
        _function = function;
        _name = node.ClassName;
        FeatureNames = node.FeatureNames;
        if (function.Outputs != 1)
        {
            throw node.Error($"'coef_' has {function.Outputs} rows; one is expected");
        }

        _kept = Kept(node, function.Features);
        _covariance = _kept.Length > 0 && node.Has("sigma_") ? node.Matrix("sigma_", _kept.Length, _kept.Length) : null;
        (_offsets, _scales) = Centers(node, function.Features);
        _noise = 1 / (_covariance is null ? 1 : node.Number("alpha_"));
        Methods = _covariance is null ? Methods.Predict : Methods.Predict | Methods.PredictStd;
        _outputs = [new(Methods.Predict, "predict", OutputKind.Float64, 0), .. _covariance is null ? Array.Empty<ModelOutput>() : [new(Methods.PredictStd, "predict_std", OutputKind.Float64, 0)]];
    }

    public override Methods Methods { get; }

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => _function.Features;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new BayesianRegressor(node, LinearFunction.Read(node));

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Kernels.RequireFinite(x, _name);
        if (wanted.HasFlag(Methods.Predict))
        {
            results.Add(_outputs[0], _function.Run(x, scratch));
        }

        if (wanted.HasFlag(Methods.PredictStd))
        {
            Columns.RequireWidth(x, FeatureCount, _name);
            results.Add(_outputs[1], Deviations(x, scratch));
        }
    }

    private static int[] Kept(EstimatorNode node, int features)
    {
        if (!node.Has("lambda_") || !node.Has("threshold_lambda"))
        {
            return [.. Enumerable.Range(0, features)];
        }

        var precisions = node.Vector("lambda_", features);
        var threshold = node.Number("threshold_lambda");
        return [.. Enumerable.Range(0, features).Where(column => precisions[column] < threshold)];
    }

    private static (double[] Offsets, double[] Scales) Centers(EstimatorNode node, int features)
    {
        double[] none = [.. Enumerable.Repeat(0.0, features)];
        double[] ones = [.. Enumerable.Repeat(1.0, features)];
        if (node.Version >= new SklearnVersion(1, 9))
        {
            return (Centers(node, "X_offset_", features), ones);
        }

        // The parameter of 1.0 and 1.1 can be the word 'deprecated'; what was done is kept beside it.
        var isNormalized = node.Version < new SklearnVersion(1, 2) && (node.Has("_normalize") ? node.Flag("_normalize") : node.Optional("normalize") is true);
        return isNormalized ? (Centers(node, "X_offset_", features), Centers(node, "X_scale_", features)) : (none, ones);
    }

    private static double[] Centers(EstimatorNode node, string name, int features)
    {
        var values = node.Vector(name);
        return values.Length == features ? values
            : values.Length == 1 ? [.. Enumerable.Repeat(values[0], features)]
            : throw node.Error($"'{name}' has {values.Length} numbers for {features} columns");
    }

    private DenseBlock Deviations(Block x, Scratch scratch)
    {
        var y = scratch.Dense(x.Rows, 1);
        var dense = scratch.Dense(1, x.Columns).Values;
        var kept = scratch.Dense(1, _kept.Length).Values;
        for (var row = 0; row < x.Rows; row++)
        {
            scratch.Step((long)kept.Length * kept.Length);
            var cells = NeighborEstimator.RowOf(x, row, dense);
            for (var i = 0; i < kept.Length; i++)
            {
                kept[i] = (cells[_kept[i]] - _offsets[_kept[i]]) / _scales[_kept[i]];
            }

            // The covariance is symmetric, so that its rows are its columns.
            var sum = 0.0;
            for (var i = 0; i < kept.Length; i++)
            {
                sum += Kernels.Dot(_covariance!.Row(i), kept) * kept[i];
            }

            y.Row(row)[0] = Math.Sqrt(sum + _noise);
        }

        return y;
    }
}
