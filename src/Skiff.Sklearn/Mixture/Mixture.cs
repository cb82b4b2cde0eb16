using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// <c>GaussianMixture</c> and <c>BayesianGaussianMixture</c>: the number of the likeliest component, the probability of each, and the logarithm of the
/// density of all together.
/// </summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/mixture/_base.py</c>, <c>BaseMixture</c>; the same since 0.22.</remarks>
internal sealed class Mixture : Estimator
{
    private readonly GaussianComponents _components;
    private readonly double[] _weights;
    private readonly string _name;
    private readonly ModelOutput[] _outputs;

    /// <param name="node">Where it is read.</param>
    /// <param name="components">The components.</param>
    /// <param name="weights">What is added to the logarithm of each component's density.</param>
    private Mixture(EstimatorNode node, GaussianComponents components, double[] weights)
    {
        if (node.FeatureCount >= 0 && node.FeatureCount != components.Means.Columns)
        {
            throw node.Error($"'means_' has {components.Means.Columns} columns, 'n_features_in_' is {node.FeatureCount}");
        }

        _components = components;
        _weights = weights;
        _name = node.ClassName;
        FeatureNames = node.FeatureNames;
        _outputs =
        [
            new(Methods.Predict, "predict", OutputKind.Int64, 0),
            new(Methods.PredictProba, "predict_proba", OutputKind.Float64, weights.Length),
            new(Methods.ScoreSamples, "score_samples", OutputKind.Float64, 0),
        ];
    }

    public override Methods Methods => Methods.Predict | Methods.PredictProba | Methods.ScoreSamples;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => _components.Means.Columns;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator ReadGaussian(EstimatorNode node)
    {
        var components = GaussianComponents.Read(node);
        return new Mixture(node, components, [.. node.Vector("weights_", components.Means.Rows).Select(value => Math.Log(value))]);
    }

    /// <summary><c>BayesianGaussianMixture</c>.</summary>
    /// <remarks>scikit-learn 1.9, <c>sklearn/mixture/_bayesian_mixture.py</c>, <c>_estimate_log_weights</c> and <c>_estimate_log_prob</c>.</remarks>
    public static Estimator ReadBayesian(EstimatorNode node)
    {
        var components = GaussianComponents.Read(node);
        var count = components.Means.Rows;
        var features = components.Means.Columns;
        var weights = LogWeights(node, count);
        var freedom = Freedom(node, count);
        var precision = node.Vector("mean_precision_", count);
        for (var k = 0; k < count; k++)
        {
            var spread = features * Math.Log(2);
            for (var j = 0; j < features; j++)
            {
                spread += Digamma.Of(0.5 * (freedom[k] - j));
            }

            weights[k] += (0.5 * (spread - (features / precision[k]))) - (0.5 * features * Math.Log(freedom[k]));
        }

        return new Mixture(node, components, weights);
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, _name);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Columns.RequireWidth(x, FeatureCount, _name);
        Kernels.RequireFinite(x, _name);
        var joint = Joint((DenseBlock)x, scratch);
        if (wanted.HasFlag(Methods.Predict))
        {
            var codes = scratch.IntegerArray(x.Rows);
            for (var row = 0; row < x.Rows; row++)
            {
                codes[row] = Kernels.ArgMax(joint.Row(row));
            }

            results.Add(_outputs[0], codes, x.Rows);
        }

        if ((wanted & (Methods.PredictProba | Methods.ScoreSamples)) == Methods.None)
        {
            return;
        }

        var scores = scratch.Dense(x.Rows, 1);
        for (var row = 0; row < x.Rows; row++)
        {
            var total = Kernels.LogSumExp(joint.Row(row));
            scores.Row(row)[0] = total;
            foreach (ref var value in joint.Row(row))
            {
                value = Math.Exp(value - total);
            }
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            results.Add(_outputs[1], joint);
        }

        if (wanted.HasFlag(Methods.ScoreSamples))
        {
            results.Add(_outputs[2], scores);
        }
    }

    // Components that share a covariance share its degrees of freedom.
    private static double[] Freedom(EstimatorNode node, int count) => node.Text("covariance_type", "full") == "tied"
        ? [.. Enumerable.Repeat(node.Vector("degrees_of_freedom_", 1)[0], count)]
        : node.Vector("degrees_of_freedom_", count);

    private static double[] LogWeights(EstimatorNode node, int count)
    {
        switch (node.Text("weight_concentration_prior_type", "dirichlet_process"))
        {
            case "dirichlet_distribution":
                var concentration = node.Vector("weight_concentration_", count);
                var whole = Digamma.Of(NumpySum.Of(concentration));
                return [.. concentration.Select(value => Digamma.Of(value) - whole)];
            case "dirichlet_process":
                var pair = node.Vectors("weight_concentration_");
                return pair is [var first, var second] && first.Length == count && second.Length == count
                    ? StickBreaking(first, second)
                    : throw node.Unexpected("weight_concentration_", $"a pair of {count} numbers each");
            case var other:
                throw node.Error($"'weight_concentration_prior_type' is '{other}'; dirichlet_process and dirichlet_distribution are known");
        }
    }

    // Each component takes its share of what those before it have left.
    private static double[] StickBreaking(double[] first, double[] second)
    {
        var weights = new double[first.Length];
        var left = 0.0;
        for (var k = 0; k < weights.Length; k++)
        {
            var whole = Digamma.Of(first[k] + second[k]);
            weights[k] = Digamma.Of(first[k]) - whole + left;
            left += Digamma.Of(second[k]) - whole;
        }

        return weights;
    }

    private DenseBlock Joint(DenseBlock x, Scratch scratch)
    {
        var joint = scratch.Dense(x.Rows, _weights.Length);
        var buffer = scratch.Dense(1, x.Columns).Values;
        for (var row = 0; row < x.Rows; row++)
        {
            var densities = joint.Row(row);
            scratch.Step(_components.Work);
            _components.Fill(x.Row(row), densities, buffer);
            for (var k = 0; k < densities.Length; k++)
            {
                densities[k] += _weights[k];
            }
        }

        return joint;
    }
}
