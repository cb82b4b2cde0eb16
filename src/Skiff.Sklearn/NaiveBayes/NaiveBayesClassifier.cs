using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What the naive Bayes classifiers share: a joint log likelihood a class, from which labels and probabilities follow.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/naive_bayes.py</c>, <c>_BaseNB</c>; the same since 0.22.</remarks>
internal abstract class NaiveBayesClassifier : Classifier
{
    private readonly string _name;

    protected NaiveBayesClassifier(EstimatorNode node, LabelSet classes, int features)
        : base(classes, Methods.Predict | Methods.PredictProba | Methods.PredictLogProba, 0)
    {
        if (node.FeatureCount >= 0 && node.FeatureCount != features)
        {
            throw node.Error($"the fitted arrays are for {features} features, 'n_features_in_' is {node.FeatureCount}");
        }

        _name = node.ClassName;
        FeatureCount = features;
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Kernels.RequireFinite(x, _name);
        Columns.RequireWidth(x, FeatureCount, _name);
        var joint = Joint(x, scratch);
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

    /// <summary>The joint log likelihoods of every row, one column a class.</summary>
    protected abstract DenseBlock Joint(Block x, Scratch scratch);
}
