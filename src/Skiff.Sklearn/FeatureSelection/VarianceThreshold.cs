namespace Skiff.Sklearn;

/// <summary><c>VarianceThreshold</c>: the columns that vary more than a threshold.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/feature_selection/_variance_threshold.py</c>; the same since 0.22.</remarks>
internal static class VarianceThreshold
{
    public static Estimator Read(EstimatorNode node)
    {
        var threshold = node.Number("threshold", 0);
        return new FeatureSelector(node, [.. node.Vector("variances_").Select(variance => variance > threshold)], acceptsAnything: true);
    }
}
