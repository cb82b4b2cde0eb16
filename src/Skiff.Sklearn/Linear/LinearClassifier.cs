using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// A classifier whose scores are linear: <c>LinearSVC</c>, <c>Perceptron</c>, <c>PassiveAggressiveClassifier</c>, and the base of those that add probabilities.
/// </summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/linear_model/_base.py</c>, <c>LinearClassifierMixin</c>; the same since 0.22, but for rows without any probability.</remarks>
internal class LinearClassifier : Classifier
{
    private readonly LinearFunction _scores;
    private readonly string _name;
    private readonly bool _levelsZeros;

    protected LinearClassifier(EstimatorNode node, LinearFunction scores, LabelSet classes, Methods probabilities = Methods.None)
        : base(classes, Methods.Predict | Methods.DecisionFunction | probabilities, scores.Outputs == 1 ? 0 : scores.Outputs)
    {
        var expected = classes.Count <= 2 ? 1 : classes.Count;
        if (scores.Outputs != expected)
        {
            throw node.Error($"'coef_' has {scores.Outputs} rows; {expected} are expected for {classes.Count} classes");
        }

        _scores = scores;
        _name = node.ClassName;
        _levelsZeros = node.Version >= new SklearnVersion(1, 9);
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount => _scores.Features;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new LinearClassifier(node, LinearFunction.Read(node), node.Labels("classes_"));

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Kernels.RequireFinite(x, _name);
        var scores = _scores.Run(x, scratch);
        if (wanted.HasFlag(Methods.Predict))
        {
            if (scores.Columns == 1)
            {
                AddBySign(scores, scratch, results);
            }
            else
            {
                AddHighest(scores, scratch, results);
            }
        }

        if ((wanted & (Methods.PredictProba | Methods.PredictLogProba)) != 0)
        {
            var probabilities = scratch.Dense(x.Rows, Classes.Count);
            for (var row = 0; row < x.Rows; row++)
            {
                Probabilities(scores.Row(row), probabilities.Row(row));
            }

            AddProbabilities(wanted, probabilities, scratch, results);
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            results.Add(Output(Methods.DecisionFunction), scores);
        }
    }

    /// <summary>The probabilities of a row, given its scores.</summary>
    protected virtual void Probabilities(ReadOnlySpan<double> scores, Span<double> probabilities) =>
        throw new InvalidOperationException($"{_name} has no probabilities.");

    /// <summary>
    /// The logistic function of each score, normalized over the classes where there are more than two. Where all of them are 0 (scores below -745), the
    /// quotients are NaN; since 1.9 all classes are as likely.
    /// </summary>
    protected void Logistic(ReadOnlySpan<double> scores, Span<double> probabilities)
    {
        if (scores.Length == 1)
        {
            var positive = Kernels.Expit(scores[0]);
            if (probabilities.Length == 2)
            {
                probabilities[0] = 1 - positive;
            }

            probabilities[^1] = positive;
            return;
        }

        for (var k = 0; k < scores.Length; k++)
        {
            probabilities[k] = Kernels.Expit(scores[k]);
        }

        if (!_levelsZeros && !probabilities.ContainsAnyExcept(0))
        {
            probabilities.Fill(double.NaN);
            return;
        }

        Kernels.NormalizeToOne(probabilities);
    }
}
