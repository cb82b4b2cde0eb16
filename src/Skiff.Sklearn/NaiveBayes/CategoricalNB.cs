using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>CategoricalNB</c>: a table of log probabilities a feature, indexed by the category.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/naive_bayes.py</c>, <c>CategoricalNB</c>; the same since 0.22. Numbers are cut to integers, as <c>astype(int)</c> does.</remarks>
internal sealed class CategoricalNB : NaiveBayesClassifier
{
    private readonly Matrix[] _tables;
    private readonly double[] _logPriors;

    private CategoricalNB(EstimatorNode node, LabelSet classes, Matrix[] tables)
        : base(node, classes, tables.Length)
    {
        _tables = tables;
        _logPriors = node.Vector("class_log_prior_", classes.Count);
    }

    public static Estimator Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        var tables = node.Matrices("feature_log_prob_");
        for (var j = 0; j < tables.Length; j++)
        {
            if (tables[j].Rows != classes.Count)
            {
                throw node.Error($"'feature_log_prob_[{j}]' has {tables[j].Rows} rows; {classes.Count} are expected, one a class");
            }
        }

        return new CategoricalNB(node, classes, tables);
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, "CategoricalNB");
    }

    protected override DenseBlock Joint(Block x, Scratch scratch)
    {
        var joint = scratch.Dense(x.Rows, Classes.Count);
        for (var row = 0; row < x.Rows; row++)
        {
            var values = ((DenseBlock)x).Row(row);
            var likelihoods = joint.Row(row);
            scratch.Step((long)likelihoods.Length * values.Length);
            likelihoods.Clear();
            for (var j = 0; j < values.Length; j++)
            {
                var category = Category(values[j], row, j);
                for (var k = 0; k < likelihoods.Length; k++)
                {
                    likelihoods[k] += _tables[j].Row(k)[category];
                }
            }

            for (var k = 0; k < likelihoods.Length; k++)
            {
                likelihoods[k] += _logPriors[k];
            }
        }

        return joint;
    }

    private int Category(double value, int row, int column)
    {
        var category = Math.Truncate(value);
        var count = _tables[column].Columns;
        return category >= 0 && category < count
            ? (int)category
            : throw new InputException(
                InputErrorKind.Value,
                $"row {row}, column {column}: {Numerics.PyFloat.Format(value)} is no category that CategoricalNB was fitted on; 0 to {count - 1} are",
                row);
    }
}
