using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What the naive Bayes classifiers over counts share: joint log likelihoods that are linear in the counts.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/naive_bayes.py</c>, <c>_BaseDiscreteNB</c>; the same since 0.22.</remarks>
internal abstract class CountNaiveBayes : NaiveBayesClassifier
{
    private readonly LinearFunction _joint;

    protected CountNaiveBayes(EstimatorNode node, LabelSet classes, LinearFunction joint)
        : base(node, classes, joint.Features)
    {
        _joint = joint;
    }

    protected sealed override DenseBlock Joint(Block x, Scratch scratch) => _joint.Run(Prepare(x, scratch), scratch);

    /// <summary>What the counts become before they are weighted.</summary>
    protected virtual Block Prepare(Block x, Scratch scratch) => x;

    /// <summary>Reads <c>feature_log_prob_</c>, one row a class.</summary>
    protected static Matrix ReadLogProbabilities(EstimatorNode node, LabelSet classes) => node.Matrix("feature_log_prob_", rows: classes.Count);
}
