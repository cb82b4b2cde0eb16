using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>CalibratedClassifierCV</c>: the mean of the calibrated probabilities of its classifiers.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/calibration.py</c>; the same since 0.22. With <c>ensemble=False</c> there is one classifier.</remarks>
internal sealed class CalibratedClassifier : MetaClassifier
{
    private readonly CalibratedMember[] _members;

    private CalibratedClassifier(EstimatorNode node, LabelSet classes, CalibratedMember[] members)
        : base(node, [.. members.Select(member => member.Estimator)], classes, Methods.Predict | Methods.PredictProba)
    {
        _members = members;
    }

    public static Estimator Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        var items = node.List("calibrated_classifiers_");
        if (items.Count == 0 || classes.Count < 2)
        {
            throw node.Error($"'calibrated_classifiers_' has {items.Count} entries for {classes.Count} classes; one or more for two or more are expected");
        }

        var members = items.Select((item, i) => CalibratedMember.Read(node, item, i, classes)).ToArray();
        return members.Contains(null) ? UnreadEstimator.Instance : new CalibratedClassifier(node, classes, [.. members.Select(member => member!)]);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var mean = scratch.Dense(x.Rows, Classes.Count);
        mean.Values.Clear();
        foreach (var member in _members)
        {
            member.AddTo(mean, x, scratch, results);
        }

        foreach (ref var value in mean.Values)
        {
            value /= _members.Length;
        }

        if (wanted.HasFlag(Methods.Predict))
        {
            AddHighest(mean, scratch, results);
        }

        AddProbabilities(wanted, mean, scratch, results);
    }
}
