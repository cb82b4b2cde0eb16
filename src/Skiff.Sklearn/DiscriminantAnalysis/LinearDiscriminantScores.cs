using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What <c>LinearDiscriminantAnalysis</c> answers as a classifier: linear scores, and their softmax.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/discriminant_analysis.py</c>, <c>predict_proba</c> and <c>predict_log_proba</c>. 0.23 took the logarithm of zero where
/// a probability underflows; later releases take that of the smallest normal number.
/// </remarks>
internal sealed class LinearDiscriminantScores : Classifier
{
    private const double SmallestNormal = 2.2250738585072014e-308;
    private const double SmallestNormalSingle = 1.1754943508222875e-38;

    private readonly LinearFunction _scores;
    private readonly string _name;
    private readonly bool _hasFloor;

    private LinearDiscriminantScores(EstimatorNode node, LinearFunction scores, LabelSet classes, Methods methods)
        : base(classes, methods, scores.Outputs == 1 ? 0 : scores.Outputs)
    {
        _scores = scores;
        _name = node.ClassName;
        _hasFloor = node.Version >= new SklearnVersion(0, 24);
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount => _scores.Features;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static LinearDiscriminantScores Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        var scores = LinearFunction.Read(node);
        var expected = classes.Count <= 2 ? 1 : classes.Count;
        if (scores.Outputs != expected)
        {
            throw node.Error($"'coef_' has {scores.Outputs} rows; {expected} are expected for {classes.Count} classes");
        }

        // With one class the scores have one dimension, over which scikit-learn cannot take a softmax.
        var probabilities = classes.Count == 1 ? Methods.None : Methods.PredictProba | Methods.PredictLogProba;
        return new LinearDiscriminantScores(node, scores, classes, Methods.Predict | Methods.DecisionFunction | probabilities);
    }

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

        if ((wanted & (Methods.PredictProba | Methods.PredictLogProba)) != Methods.None)
        {
            AddAll(wanted, scores, scratch, results);
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            results.Add(Output(Methods.DecisionFunction), scores);
        }
    }

    private static void Probabilities(ReadOnlySpan<double> scores, Span<double> probabilities)
    {
        if (scores.Length == 1)
        {
            probabilities[1] = Kernels.Expit(scores[0]);
            probabilities[0] = 1 - probabilities[1];
            return;
        }

        scores.CopyTo(probabilities);
        Kernels.Softmax(probabilities);
    }

    private void AddAll(Methods wanted, DenseBlock scores, Scratch scratch, Results results)
    {
        var probabilities = scratch.Dense(scores.Rows, Classes.Count);
        for (var row = 0; row < scores.Rows; row++)
        {
            Probabilities(scores.Row(row), probabilities.Row(row));
        }

        if (scores.IsSingle)
        {
            Singles.Round(probabilities);
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            results.Add(Output(Methods.PredictProba), probabilities);
        }

        if (wanted.HasFlag(Methods.PredictLogProba))
        {
            results.Add(Output(Methods.PredictLogProba), Logarithms(probabilities, scratch));
        }
    }

    private DenseBlock Logarithms(DenseBlock probabilities, Scratch scratch)
    {
        var floor = !_hasFloor ? 0 : probabilities.IsSingle ? SmallestNormalSingle : SmallestNormal;
        var logarithms = scratch.Dense(probabilities.Rows, probabilities.Columns);
        for (var row = 0; row < probabilities.Rows; row++)
        {
            var from = probabilities.Row(row);
            var to = logarithms.Row(row);
            for (var k = 0; k < from.Length; k++)
            {
                to[k] = Math.Log(from[k] == 0 ? floor : from[k]);
            }
        }

        if (probabilities.IsSingle)
        {
            Singles.Round(logarithms);
        }

        return logarithms;
    }
}
