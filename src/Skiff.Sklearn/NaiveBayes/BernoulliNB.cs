using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>BernoulliNB</c>: what is above <c>binarize</c> counts as present.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/naive_bayes.py</c>, <c>BernoulliNB</c>; the same since 0.22.</remarks>
internal sealed class BernoulliNB : CountNaiveBayes
{
    private readonly double? _threshold;

    private BernoulliNB(EstimatorNode node, LabelSet classes)
        : base(node, classes, Joint(node, classes))
    {
        _threshold = node.Has("binarize") && node.Optional("binarize") is null ? null : node.Number("binarize", 0);
    }

    public static Estimator Read(EstimatorNode node) => new BernoulliNB(node, node.Labels("classes_"));

    protected override Block Prepare(Block x, Scratch scratch) => _threshold is { } threshold ? Binarize(x, threshold, scratch) : x;

    // log P(absent) is summed once over all features, and present ones trade it for log P(present).
    private static LinearFunction Joint(EstimatorNode node, LabelSet classes)
    {
        var present = ReadLogProbabilities(node, classes);
        var priors = node.Vector("class_log_prior_", classes.Count);
        var weights = new double[present.Values.Length];
        var intercepts = new double[classes.Count];
        for (var k = 0; k < classes.Count; k++)
        {
            var sum = 0.0;
            for (var j = 0; j < present.Columns; j++)
            {
                var logPresent = present.Row(k)[j];
                var logAbsent = Math.Log(1 - Math.Exp(logPresent));
                weights[(k * present.Columns) + j] = logPresent - logAbsent;
                sum += logAbsent;
            }

            intercepts[k] = priors[k] + sum;
        }

        return new LinearFunction(new Matrix(present.Rows, present.Columns, weights, false), intercepts);
    }

    private static Block Binarize(Block x, double threshold, Scratch scratch)
    {
        if (x is DenseBlock dense)
        {
            var y = scratch.Dense(x.Rows, x.Columns);
            for (var row = 0; row < x.Rows; row++)
            {
                var values = dense.Row(row);
                for (var j = 0; j < values.Length; j++)
                {
                    y.Row(row)[j] = values[j] > threshold ? 1 : 0;
                }
            }

            return y;
        }

        if (threshold < 0)
        {
            throw new InputException(InputErrorKind.Value, "BernoulliNB cannot binarize sparse rows at a threshold below zero");
        }

        var sparse = (CsrBlock)x;
        var stored = scratch.Csr(x.Columns);
        for (var row = 0; row < x.Rows; row++)
        {
            var indices = sparse.Indices(row);
            var values = sparse.Values(row);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] > threshold)
                {
                    stored.Append(indices[i], 1);
                }
            }

            stored.EndRow();
        }

        return stored;
    }
}
