using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What the naive Bayes classifiers over counts share: joint log likelihoods that are linear in the counts.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/naive_bayes.py</c>, <c>_BaseNB</c>; the same since 0.22.</remarks>
internal abstract class NaiveBayesClassifier : Classifier
{
    private readonly LinearFunction _joint;
    private readonly string _name;

    protected NaiveBayesClassifier(EstimatorNode node, LabelSet classes, LinearFunction joint)
        : base(classes, Methods.Predict | Methods.PredictProba | Methods.PredictLogProba, 0)
    {
        _joint = joint;
        _name = node.ClassName;
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount => _joint.Features;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Kernels.RequireFinite(x, _name);
        var joint = _joint.Run(Prepare(x, scratch), scratch);
        if (wanted.HasFlag(Methods.Predict))
        {
            AddHighest(joint, scratch, results);
        }

        if ((wanted & (Methods.PredictProba | Methods.PredictLogProba)) == 0)
        {
            return;
        }

        var probabilities = scratch.Dense(x.Rows, Classes.Count);
        for (var row = 0; row < x.Rows; row++)
        {
            var likelihoods = joint.Row(row);
            var total = Kernels.LogSumExp(likelihoods);
            for (var k = 0; k < likelihoods.Length; k++)
            {
                likelihoods[k] -= total;
                probabilities.Row(row)[k] = Math.Exp(likelihoods[k]);
            }
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            results.Add(Output(Methods.PredictProba), probabilities);
        }

        if (wanted.HasFlag(Methods.PredictLogProba))
        {
            results.Add(Output(Methods.PredictLogProba), joint);
        }
    }

    /// <summary>What the counts become before they are weighted.</summary>
    protected virtual Block Prepare(Block x, Scratch scratch) => x;

    /// <summary>Reads <c>feature_log_prob_</c>, one row a class.</summary>
    protected static Matrix ReadLogProbabilities(EstimatorNode node, LabelSet classes) => node.Matrix("feature_log_prob_", rows: classes.Count);
}
