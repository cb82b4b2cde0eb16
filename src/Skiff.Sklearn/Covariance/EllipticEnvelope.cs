using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>EllipticEnvelope</c>: an outlier lies too far from the mean, in units of the covariance.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/covariance/_elliptic_envelope.py</c>, <c>score_samples</c>, and <c>EmpiricalCovariance.mahalanobis</c>; the same since
/// 0.22. The sum runs in scipy's order: the offset is often the distance of a row of the training data.
/// </remarks>
internal sealed class EllipticEnvelope : OutlierDetector
{
    // Beyond it the inverse by elimination and scikit-learn's pseudo-inverse part.
    private const double HighestCondition = 1e6;

    private readonly MahalanobisMetric _metric;
    private readonly double[] _location;
    private readonly double _offset;

    private EllipticEnvelope(EstimatorNode node, double[] location, Matrix precision)
        : base(node, location.Length)
    {
        _location = location;
        _metric = new MahalanobisMetric(precision);
        _offset = node.Vector("offset_", 1)[0];
    }

    protected override double Offset => _offset;

    public static Estimator Read(EstimatorNode node)
    {
        var location = node.Vector("location_");
        if (node.FeatureCount >= 0 && node.FeatureCount != location.Length)
        {
            throw node.Error($"'location_' has {location.Length} values, 'n_features_in_' is {node.FeatureCount}");
        }

        var isStored = node.Flag("store_precision", true);
        var matrix = node.Matrix(isStored ? "precision_" : "covariance_", location.Length, location.Length);
        return new EllipticEnvelope(node, location, isStored ? matrix : Inverse(node, matrix));
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, Name);
    }

    protected override DenseBlock Decide(Block x, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, Name);
        var decisions = scratch.Dense(x.Rows, 1);
        for (var row = 0; row < x.Rows; row++)
        {
            var distance = _metric.Distance(((DenseBlock)x).Row(row), _location);
            decisions.Row(row)[0] = -(distance * distance) - _offset;
        }

        return decisions;
    }

    private static Matrix Inverse(EstimatorNode node, Matrix covariance) =>
        LinearAlgebra.Invert(covariance) is { } inverse && Size(covariance) * Size(inverse) <= HighestCondition
            ? inverse
            : throw node.Error("'covariance_' is close to singular; fit with store_precision=True");

    private static double Size(Matrix matrix) => Enumerable.Range(0, matrix.Rows).Max(row => matrix.Row(row).ToArray().Sum(Math.Abs));
}
