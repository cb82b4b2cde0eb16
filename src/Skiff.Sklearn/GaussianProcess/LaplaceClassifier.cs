using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>The binary classifier inside <c>GaussianProcessClassifier</c>, after Laplace's approximation.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/gaussian_process/_gpc.py</c>, <c>_BinaryGaussianProcessClassifierLaplace</c>; the same since 0.22. The label
/// follows from the sign of the latent mean alone; the probability is the mean of a logistic function, taken as a sum of five error functions.
/// </remarks>
internal sealed class LaplaceClassifier : Classifier
{
    private static readonly double[] Slopes = [0.41, 0.4, 0.37, 0.44, 0.39];
    private static readonly double[] Weights = [-1854.8214151, 3516.89893646, 221.29346712, 128.12323805, -2010.49422654];

    private readonly TrainingRows _rows;
    private readonly double[] _residuals;
    private readonly double[] _roots;
    private readonly Matrix _factor;

    private LaplaceClassifier(EstimatorNode node, TrainingRows rows, LabelSet classes)
        : base(classes, Methods.Predict | Methods.PredictProba, 0)
    {
        _rows = rows;
        var modes = node.Vector("pi_", rows.Count);
        _residuals = [.. node.Vector("y_train_", rows.Count).Zip(modes, (y, mode) => y - mode)];
        _roots = node.Vector("W_sr_", rows.Count);
        _factor = node.Matrix("L_", rows.Count, rows.Count);
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount => _rows.Width;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        return classes.Count == 2 ? new LaplaceClassifier(node, TrainingRows.Read(node), classes) : throw node.Error($"'classes_' has {classes.Count} labels; expected two");
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, "GaussianProcessClassifier");
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var rows = _rows.Check(x, scratch);
        var values = scratch.Dense(1, _rows.Count).Row(0);
        var work = scratch.Dense(1, _rows.Work).Row(0);
        var means = scratch.Dense(x.Rows, 1);
        var probabilities = scratch.Dense(x.Rows, 2);
        for (var row = 0; row < x.Rows; row++)
        {
            scratch.Step(_rows.WorkOf(wanted.HasFlag(Methods.PredictProba)));
            _rows.Fill(rows, row, values, work);
            var mean = Kernels.Dot(values, _residuals);
            means.Row(row)[0] = mean;
            if (wanted.HasFlag(Methods.PredictProba))
            {
                var second = Probability(mean, _rows.Diagonal(rows, row) - Explained(values));
                probabilities.Row(row)[0] = 1 - second;
                probabilities.Row(row)[1] = second;
            }
        }

        if (wanted.HasFlag(Methods.Predict))
        {
            AddBySign(means, scratch, results);
        }

        AddProbabilities(wanted, probabilities, scratch, results);
    }

    private static double Probability(double mean, double variance)
    {
        var alpha = 1 / (2 * variance);
        var sum = 0.0;
        var half = 0.0;
        for (var i = 0; i < Slopes.Length; i++)
        {
            var argument = Slopes[i] * mean * Math.Sqrt(alpha / (alpha + (Slopes[i] * Slopes[i])));
            sum += Weights[i] * (Math.Sqrt(Math.PI / alpha) * (1 - SpecialFunctions.Erfc(argument)) / (2 * Math.Sqrt(variance * 2 * Math.PI)));
            half += Weights[i];
        }

        return sum + (0.5 * half);
    }

    // The variance that the training rows explain: the squared length of what solves the triangular factor. The values are replaced.
    private double Explained(Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= _roots[i];
        }

        new LowerTriangle(_factor.Values, _factor.Columns).Solve(values);
        return Kernels.Dot(values, values);
    }
}
