using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>GaussianNB</c>: a normal distribution a feature and class.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/naive_bayes.py</c>, <c>GaussianNB</c>. The variances in <c>var_</c> were called <c>sigma_</c> until 1.0.</remarks>
internal sealed class GaussianNB : NaiveBayesClassifier
{
    private readonly Matrix _means;
    private readonly Matrix _variances;
    private readonly double[] _logPriors;
    private readonly double[] _normalizers;

    private GaussianNB(EstimatorNode node, LabelSet classes, Matrix means)
        : base(node, classes, means.Columns)
    {
        _means = means;
        _variances = node.Matrix(node.Has("var_") ? "var_" : "sigma_", means.Rows, means.Columns);
        _logPriors = [.. node.Vector("class_prior_", classes.Count).Select(prior => Math.Log(prior))];
        _normalizers = [.. Enumerable.Range(0, means.Rows).Select(Normalizer)];
    }

    public static Estimator Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        return new GaussianNB(node, classes, node.Matrix("theta_", classes.Count));
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, "GaussianNB");
    }

    protected override DenseBlock Joint(Block x, Scratch scratch)
    {
        var joint = scratch.Dense(x.Rows, Classes.Count);
        var terms = scratch.Dense(1, x.Columns).Values;
        for (var row = 0; row < x.Rows; row++)
        {
            var values = ((DenseBlock)x).Row(row);
            var likelihoods = joint.Row(row);
            scratch.Step((long)likelihoods.Length * values.Length);
            for (var k = 0; k < likelihoods.Length; k++)
            {
                likelihoods[k] = _logPriors[k] + (_normalizers[k] - (0.5 * SquaredDistance(values, k, terms)));
            }
        }

        return joint;
    }

    private double SquaredDistance(ReadOnlySpan<double> x, int k, Span<double> terms)
    {
        var means = _means.Row(k);
        var variances = _variances.Row(k);
        for (var j = 0; j < terms.Length; j++)
        {
            var difference = x[j] - means[j];
            terms[j] = difference * difference / variances[j];
        }

        return NumpySum.Of(terms);
    }

    private double Normalizer(int k)
    {
        var logs = new double[_variances.Columns];
        for (var j = 0; j < logs.Length; j++)
        {
            logs[j] = Math.Log(2 * Math.PI * _variances.Row(k)[j]);
        }

        return -0.5 * NumpySum.Of(logs);
    }
}
