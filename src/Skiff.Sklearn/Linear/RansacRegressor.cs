namespace Skiff.Sklearn;

/// <summary><c>RANSACRegressor</c> answers as the regressor that was fitted on the inliers it has found.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/linear_model/_ransac.py</c>, <c>predict</c>; the same since 0.22.</remarks>
internal static class RansacRegressor
{
    public static Estimator Read(EstimatorNode node) => Delegated.To(node, "estimator_");
}
