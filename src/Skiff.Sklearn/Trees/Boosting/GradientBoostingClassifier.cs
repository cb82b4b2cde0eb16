using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>GradientBoostingClassifier</c>: one tree a stage for two classes, one a class for more.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_gb.py</c> and <c>sklearn/_loss</c>; until 1.3 <c>_gb_losses.py</c>. There labels follow the
/// probabilities, not the raw predictions, and a raw prediction of exactly zero is the first class for the deviance; since 1.4 it is the second, as it always was
/// for the exponential loss.
/// </remarks>
internal sealed class GradientBoostingClassifier : Classifier
{
    private readonly BoostedTrees _trees;
    private readonly BoostingLink _link;
    private readonly bool _zeroIsSecond;

    private GradientBoostingClassifier(EstimatorNode node, LabelSet classes)
        : base(classes, Methods.Predict | Methods.PredictProba | Methods.PredictLogProba | Methods.DecisionFunction, classes.Count == 2 ? 0 : classes.Count)
    {
        if (classes.Count < 2)
        {
            throw node.Error($"'classes_' has {classes.Count} labels; at least 2 are expected");
        }

        var hasLosses = node.Version >= new SklearnVersion(1, 4);
        _link = LinkOf(node, classes.Count, hasLosses);
        _zeroIsSecond = hasLosses || _link == BoostingLink.HalfLogit;
        _trees = BoostedTrees.Read(node, BoostingStart.Read(node, _link, classes.Count), classes.Count == 2 ? 1 : classes.Count);
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount => _trees.Features;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new GradientBoostingClassifier(node, node.Labels("classes_"));

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        _trees.CheckInput(kind);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var raw = scratch.Dense(x.Rows, Classes.Count == 2 ? 1 : Classes.Count);
        _trees.Fill(x, raw, scratch, results);
        if (wanted.HasFlag(Methods.Predict))
        {
            AddLabels(raw, scratch, results);
        }

        if ((wanted & (Methods.PredictProba | Methods.PredictLogProba)) != 0)
        {
            AddProbabilities(wanted, Probabilities(raw, scratch), scratch, results);
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            results.Add(Output(Methods.DecisionFunction), raw);
        }
    }

    private static BoostingLink LinkOf(EstimatorNode node, int classes, bool hasLosses) => (node.Text("loss"), classes) switch
    {
        ("log_loss" or "deviance", 2) => BoostingLink.Logit,
        ("log_loss" or "deviance", _) => hasLosses ? BoostingLink.CenteredLogarithm : BoostingLink.Logarithm,
        ("exponential", 2) => BoostingLink.HalfLogit,
        ("exponential", _) => throw node.Error($"'loss' is 'exponential', which is for 2 classes; 'classes_' has {classes}"),
        var (loss, _) => throw node.Error($"'loss' is '{loss}'; log_loss, deviance and exponential are known"),
    };

    private void AddLabels(DenseBlock raw, Scratch scratch, Results results)
    {
        if (raw.Columns > 1)
        {
            AddHighest(_link == BoostingLink.Logarithm ? Probabilities(raw, scratch) : raw, scratch, results);
            return;
        }

        var codes = scratch.IntegerArray(raw.Rows);
        for (var row = 0; row < raw.Rows; row++)
        {
            codes[row] = IsSecond(raw.Row(row)[0]) ? 1 : 0;
        }

        results.Add(Output(Methods.Predict), codes, raw.Rows);
    }

    private bool IsSecond(double raw)
    {
        if (_zeroIsSecond)
        {
            return raw >= 0;
        }

        // The higher of the two probabilities, not the sign: both round to one half around zero.
        var second = Kernels.Expit(raw);
        return second > 1 - second;
    }

    private DenseBlock Probabilities(DenseBlock raw, Scratch scratch)
    {
        var probabilities = scratch.Dense(raw.Rows, Classes.Count);
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
            probabilities[1] = Kernels.Expit(_link == BoostingLink.HalfLogit ? 2 * raw[0] : raw[0]);
            probabilities[0] = 1 - probabilities[1];
            return;
        }

        if (_link == BoostingLink.Logarithm)
        {
            var total = Kernels.LogSumExp(raw);
            for (var k = 0; k < raw.Length; k++)
            {
                probabilities[k] = Math.Exp(raw[k] - total);
            }

            return;
        }

        raw.CopyTo(probabilities);
        Kernels.Softmax(probabilities);
    }
}
