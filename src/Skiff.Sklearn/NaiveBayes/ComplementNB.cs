using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>ComplementNB</c>: the weights are in the file as they are used, normalized or not; priors count only where there is one class.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/naive_bayes.py</c>, <c>ComplementNB</c>; the same since 0.22.</remarks>
internal sealed class ComplementNB : CountNaiveBayes
{
    private ComplementNB(EstimatorNode node, LabelSet classes)
        : base(node, classes, new LinearFunction(ReadLogProbabilities(node, classes), classes.Count == 1 ? node.Vector("class_log_prior_", 1) : [0]))
    {
    }

    public static Estimator Read(EstimatorNode node) => new ComplementNB(node, node.Labels("classes_"));
}
