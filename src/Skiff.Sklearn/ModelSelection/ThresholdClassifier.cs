using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>FixedThresholdClassifier</c> and <c>TunedThresholdClassifierCV</c>: a binary classifier that answers with the positive label from a threshold on.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/model_selection/_classification_threshold.py</c>; since 1.5. The tuned one takes its positive label from the metric
/// that it was tuned for: what that was given, else 1 where that is the metric's own default.
/// </remarks>
internal sealed class ThresholdClassifier : MetaEstimator
{
    private const Methods Kept = Methods.PredictProba | Methods.PredictLogProba | Methods.DecisionFunction;

    private readonly Estimator _inner;
    private readonly Methods _method;
    private readonly double _threshold;
    private readonly int _positive;
    private readonly ModelOutput[] _outputs;

    private ThresholdClassifier(EstimatorNode node, Estimator inner, LabelSet classes, double? threshold, int positive)
        : base(node, [inner])
    {
        _inner = inner;
        _method = ReadMethod(node, inner);
        _threshold = threshold ?? (_method == Methods.PredictProba ? 0.5 : 0);
        _positive = positive;
        Classes = classes;
        var columns = Math.Max(Members.Output(node, [inner], 0, _method).Columns, 1);
        if (columns != (_method == Methods.PredictProba ? 2 : 1))
        {
            throw node.Error($"the estimator inside does not answer {MethodNames.Of(_method)} as a binary classifier");
        }

        _outputs = [new(Methods.Predict, "predict", OutputKind.Label, 0, classes), .. inner.Outputs.Where(output => Kept.HasFlag(output.Method))];
        Methods = _outputs.Aggregate(Methods.None, (all, output) => all | output.Method);
    }

    public override Methods Methods { get; }

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override LabelSet Classes { get; }

    public static Estimator ReadFixed(EstimatorNode node) => Read(
        node,
        node.Optional("threshold") is null or "auto" ? null : node.Number("threshold"),
        classes => FindPositive(node, node.Optional("pos_label"), classes));

    public static Estimator ReadTuned(EstimatorNode node) => Read(node, node.Number("best_threshold_"), classes => FindPositive(node, PositiveOfMetric(node), classes));

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            var scores = Inner.Numbers(_inner, _method, x, scratch, results);
            var codes = scratch.IntegerArray(x.Rows);
            for (var row = 0; row < x.Rows; row++)
            {
                var values = scores.Row(row);
                var score = values.Length == 2 ? values[_positive] : _positive == 1 ? values[0] : -values[0];
                codes[row] = score >= _threshold ? _positive : 1 - _positive;
            }

            results.Add(_outputs[0], codes, x.Rows);
        }

        var asked = wanted & Kept;
        if (asked != Methods.None)
        {
            _inner.Run(asked, x, scratch, results);
        }
    }

    private static Estimator Read(EstimatorNode node, double? threshold, Func<LabelSet, int> positive)
    {
        var inner = node.Child(node.Has("estimator_") ? "estimator_" : "estimator");
        if (ReferenceEquals(inner, UnreadEstimator.Instance))
        {
            return inner;
        }

        return inner.Classes is { Count: 2 } classes
            ? new ThresholdClassifier(node, inner, classes, threshold, positive(classes))
            : throw node.Error("the estimator inside is no classifier of two classes");
    }

    private static Methods ReadMethod(EstimatorNode node, Estimator inner)
    {
        var name = node.Text("response_method", "auto");
        var method = name == "auto" ? inner.Methods.HasFlag(Methods.PredictProba) ? Methods.PredictProba : Methods.DecisionFunction : MethodNames.Parse(name);
        return method is Methods.PredictProba or Methods.DecisionFunction
            ? method
            : throw node.Error($"'response_method' is '{name}'; auto, predict_proba and decision_function are known");
    }

    private static int FindPositive(EstimatorNode node, object? label, LabelSet classes)
    {
        for (var i = 0; i < classes.Count && label is not null; i++)
        {
            var isSame = classes.Values[i] is string text
                ? label is string other && text == other
                : label is not string && EstimatorNode.AsNumber(classes.Values[i]) is { } number && number == EstimatorNode.AsNumber(label);
            if (isSame)
            {
                return i;
            }
        }

        return label is null ? 1 : throw node.Error($"the positive label is {Describe.Value(label)}, which the estimator inside does not have");
    }

    private static object? PositiveOfMetric(EstimatorNode node)
    {
        if (node.Optional("_curve_scorer") is not PyInstance scorer)
        {
            return null;
        }

        if (scorer.Attributes.TryGetValue("_kwargs", out var keywords) && keywords is PyDict given && given.TryGetValue("pos_label", out var label))
        {
            return label;
        }

        return scorer.Attributes.TryGetValue("_score_func", out var function)
            && function is PyGlobal { Name: "f1_score" or "fbeta_score" or "precision_score" or "recall_score" or "jaccard_score" }
            ? 1L
            : null;
    }
}
