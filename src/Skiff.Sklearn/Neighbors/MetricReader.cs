using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Reads <c>effective_metric_</c> and its parameters.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/neighbors/_base.py</c>, <c>_fit</c>: <c>minkowski</c> with p of 1, 2 or infinity has become another metric there.</remarks>
internal static class MetricReader
{
    /// <summary>The name of the metric.</summary>
    public static string Name(EstimatorNode node) => node.Required("effective_metric_") as string
        ?? throw node.Unexpected("effective_metric_", "the name of a metric; a function of one's own cannot be served");

    /// <summary>Reads the metric for rows of a width.</summary>
    /// <param name="node">Where it is read.</param>
    /// <param name="name">Its name.</param>
    /// <param name="width">Columns a row.</param>
    /// <param name="isBrute">Whether it is used for brute force rather than in a tree.</param>
    public static Metric Read(EstimatorNode node, string name, int width, bool isBrute)
    {
        var parameters = node.Optional("effective_metric_params_") as PyDict ?? new PyDict();
        switch (name)
        {
            case "euclidean" or "l2":
                return new EuclideanMetric();
            case "sqeuclidean":
                return new SquaredEuclideanMetric();
            case "manhattan" or "l1" or "cityblock":
                return new ManhattanMetric();
            case "chebyshev" or "infinity":
                return new ChebyshevMetric();
            case "minkowski" or "p" or "wminkowski":
                return Minkowski(node, name, parameters, width);
            case "seuclidean":
                return new StandardizedEuclideanMetric(Vector(node, parameters, "V", width) ?? throw node.Error("'effective_metric_params_' has no variances 'V'"));
            case "mahalanobis":
                return Mahalanobis(node, parameters, width);
            case "canberra":
                return new CanberraMetric();
            case "braycurtis":
                return new BrayCurtisMetric(isBrute && node.Version < new SklearnVersion(1, 1));
            case "hamming":
                return new HammingMetric();
            case "cosine":
                return new CosineMetric();
            case "haversine":
                return width == 2 ? new HaversineMetric() : throw node.Error($"the metric haversine takes two columns, the fitted rows have {width}");
            default:
                return FlagMetric.Find(name) ?? throw node.Error($"the metric '{name}' is not supported; see docs/estimators.md");
        }
    }

    private static MinkowskiMetric Minkowski(EstimatorNode node, string name, PyDict parameters, int width)
    {
        var p = parameters.TryGetValue("p", out var value) ? EstimatorNode.AsNumber(value) : 2;
        return p is > 0 and < double.PositiveInfinity
            ? new MinkowskiMetric(p.Value, Vector(node, parameters, "w", width), name == "wminkowski")
            : throw node.Error($"'effective_metric_params_' has p = {Describe.Value(value)}; expected a number above 0");
    }

    private static double[]? Vector(EstimatorNode node, PyDict parameters, string key, int width)
    {
        if (!parameters.TryGetValue(key, out var value) || value is null)
        {
            return null;
        }

        var numbers = value is NdArray { IsNumeric: true, Rank: 1 } array
            ? array.ToDoubles()
            : EstimatorNode.Items(value)?.Select(item => EstimatorNode.AsNumber(item) ?? double.NaN).ToArray();
        return numbers?.Length == width
            ? numbers
            : throw node.Error($"'{key}' of 'effective_metric_params_' is {Describe.Value(value)}; expected {width} numbers");
    }

    private static MahalanobisMetric Mahalanobis(EstimatorNode node, PyDict parameters, int width)
    {
        if (Square(parameters, "VI", width) is { } given)
        {
            return new MahalanobisMetric(given);
        }

        // A tree keeps the inverse of the covariance that it was given.
        return node.Optional("_tree") is PyInstance { State: PyTuple { Count: > 11 } state }
            && state.Items[11] is PyInstance { State: PyTuple { Count: 3 } metric }
            && metric.Items[2] is NdArray { IsNumeric: true, Rank: 2 } inverse && inverse.Shape[0] == width && inverse.Shape[1] == width
            ? new MahalanobisMetric(new Matrix(width, width, inverse.ToDoubles(), false))
            : throw node.Error("'effective_metric_params_' has no inverse covariance 'VI', without which brute force takes that of the rows that are asked about");
    }

    private static Matrix? Square(PyDict parameters, string key, int width) =>
        parameters.TryGetValue(key, out var value) && value is NdArray { IsNumeric: true, Rank: 2 } array && array.Shape[0] == width && array.Shape[1] == width
            ? new Matrix(width, width, array.ToDoubles(), false)
            : null;
}
