using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>HistGradientBoostingClassifier</c>.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_hist_gradient_boosting/gradient_boosting.py</c>. Until 1.4 labels follow the probabilities, which differ
/// from the raw predictions where those are so close that both probabilities round to the same; until 1.0 several classes are normalized by a logarithm.
/// </remarks>
internal sealed class HistGradientBoostingClassifier : Classifier
{
    private readonly HistogramTrees _trees;
    private readonly bool _followsProbabilities;
    private readonly bool _usesLogarithm;
    private readonly string _name;

    private HistGradientBoostingClassifier(EstimatorNode node, LabelSet classes)
        : base(classes, Methods.Predict | Methods.PredictProba | Methods.DecisionFunction, classes.Count == 2 ? 0 : classes.Count)
    {
        if (classes.Count < 2)
        {
            throw node.Error($"'classes_' has {classes.Count} labels; at least 2 are expected");
        }

        _trees = HistogramTrees.Read(node, classes.Count == 2 ? 1 : classes.Count);
        _followsProbabilities = node.Version < new SklearnVersion(1, 5);
        _usesLogarithm = node.Version < new SklearnVersion(1, 1);
        _name = node.ClassName;
        FeatureNames = node.FeatureNames;
        if (node.Text("loss", "auto") is var loss and not ("auto" or "log_loss" or "binary_crossentropy" or "categorical_crossentropy"))
        {
            throw node.Error($"'loss' is '{loss}'; log_loss, auto, binary_crossentropy and categorical_crossentropy are known");
        }
    }

    public override BlockKind? Input => _trees.Input;

    public override int FeatureCount => _trees.FeatureCount;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new HistGradientBoostingClassifier(node, node.Labels("classes_"));

    public override ColumnNeed Need(int column) => _trees.Need(column);

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        _trees.CheckInput(kind, _name);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var raw = _trees.Run(x, scratch);
        var needsProbabilities = wanted.HasFlag(Methods.PredictProba) || (_followsProbabilities && wanted.HasFlag(Methods.Predict));
        var probabilities = needsProbabilities ? Probabilities(raw, scratch) : null;
        if (wanted.HasFlag(Methods.Predict))
        {
            AddLabels(_followsProbabilities ? probabilities! : raw, scratch, results);
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            results.Add(Output(Methods.PredictProba), probabilities!);
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            results.Add(Output(Methods.DecisionFunction), raw);
        }
    }

    private void AddLabels(DenseBlock scores, Scratch scratch, Results results)
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

    private DenseBlock Probabilities(DenseBlock raw, Scratch scratch)
    {
        var probabilities = scratch.Dense(raw.Rows, Classes!.Count);
        for (var row = 0; row < raw.Rows; row++)
        {
            Probabilities(raw.Row(row), probabilities.Row(row));
        }

        return probabilities;
    }

    private void Probabilities(ReadOnlySpan<double> raw, Span<double> probabilities)
    {
        if (raw.Length == 1)
        {
            probabilities[1] = Kernels.Expit(raw[0]);
            probabilities[0] = 1 - probabilities[1];
            return;
        }

        raw.CopyTo(probabilities);
        if (!_usesLogarithm)
        {
            Kernels.Softmax(probabilities);
            return;
        }

        var total = Kernels.LogSumExp(raw);
        foreach (ref var value in probabilities)
        {
            value = Math.Exp(value - total);
        }
    }
}
