using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>MultinomialNB</c>.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/naive_bayes.py</c>, <c>MultinomialNB</c>; the same since 0.22.</remarks>
internal sealed class MultinomialNB : CountNaiveBayes
{
    private MultinomialNB(EstimatorNode node, LabelSet classes)
        : base(node, classes, new LinearFunction(ReadLogProbabilities(node, classes), node.Vector("class_log_prior_", classes.Count)))
    {
    }

    public static Estimator Read(EstimatorNode node) => new MultinomialNB(node, node.Labels("classes_"));
}
