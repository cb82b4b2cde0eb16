using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Reads the metric that a tree holds.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/metrics/_dist_metrics.pyx.tp</c>, <c>__getstate__</c>: an exponent, a vector and a matrix. Until 1.2 the classes lie in
/// <c>sklearn.neighbors._dist_metrics</c>; since 1.3 their names end with the width of their numbers. A <c>minkowski</c> without weights holds none,
/// or one zero in releases that did not know weights.
/// </remarks>
internal static class TreeMetric
{
    /// <summary>Reads the metric of a tree.</summary>
    /// <param name="node">The estimator.</param>
    /// <param name="tree">The attribute that holds the tree.</param>
    /// <param name="width">Columns a row.</param>
    public static Metric Read(EstimatorNode node, string tree, int width)
    {
        if (node.Optional(tree) is not PyInstance { State: PyTuple { Count: > 11 } state }
            || state.Items[11] is not PyInstance { Arguments: [PyGlobal { Module: "sklearn.metrics._dist_metrics" or "sklearn.neighbors._dist_metrics" or "sklearn.neighbors.dist_metrics" } type] } metric
            || metric.State is not PyTuple { Count: >= 3 } parts)
        {
            throw node.Error($"'{tree}' has no metric of scikit-learn");
        }

        var name = type.Name.EndsWith("64", StringComparison.Ordinal) ? type.Name[..^2] : type.Name;
        switch (name)
        {
            case "EuclideanDistance":
                return new EuclideanMetric();
            case "ManhattanDistance":
                return new ManhattanMetric();
            case "ChebyshevDistance":
                return new ChebyshevMetric();
            case "MinkowskiDistance" or "WMinkowskiDistance":
                var p = EstimatorNode.AsNumber(parts.Items[0]);
                return p is > 0 and < double.PositiveInfinity
                    ? new MinkowskiMetric(p.Value, Weights(node, tree, parts, width), name == "WMinkowskiDistance")
                    : throw node.Error($"the metric of '{tree}' has {Describe.Value(parts.Items[0])} as exponent; expected a number above 0");
            case "SEuclideanDistance":
                return new StandardizedEuclideanMetric(Vector(parts) is { } variances && variances.Length == width ? variances : throw Wrong(node, tree, $"{width} variances"));
            case "MahalanobisDistance":
                return parts.Items[2] is NdArray { IsNumeric: true, Rank: 2 } inverse && inverse.Shape[0] == width && inverse.Shape[1] == width
                    ? new MahalanobisMetric(new Matrix(width, width, inverse.ToDoubles(), false))
                    : throw Wrong(node, tree, $"an inverse covariance of ({width}, {width})");
            case "HammingDistance":
                return new HammingMetric();
            case "CanberraDistance":
                return new CanberraMetric();
            case "BrayCurtisDistance":
                return new BrayCurtisMetric(asScipy: false);
            case "HaversineDistance":
                return width == 2 ? new HaversineMetric() : throw node.Error($"the metric haversine takes two columns, the points of '{tree}' have {width}");
            case "PyFuncDistance":
                throw node.Error($"the metric of '{tree}' is a function of one's own, which cannot be served");
            default:
                var flags = name.EndsWith("Distance", StringComparison.Ordinal) ? FlagMetric.Find(name[..^"Distance".Length].ToLowerInvariant()) : null;
                return flags ?? throw node.Error($"the metric {name} of '{tree}' is not supported; see docs/estimators.md");
        }
    }

    private static double[]? Weights(EstimatorNode node, string tree, PyTuple parts, int width) => Vector(parts) switch
    {
        null or [] or [0] => null,
        var weights when weights.Length == width => weights,
        _ => throw Wrong(node, tree, $"{width} weights"),
    };

    private static double[]? Vector(PyTuple parts) => parts.Items[1] is NdArray { IsNumeric: true, Rank: 1 } vector ? vector.ToDoubles() : null;

    private static Models.ModelLoadException Wrong(EstimatorNode node, string tree, string expected) => node.Error($"the metric of '{tree}' does not hold {expected}");
}
