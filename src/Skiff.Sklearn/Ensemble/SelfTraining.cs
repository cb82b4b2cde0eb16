namespace Skiff.Sklearn;

/// <summary><c>SelfTrainingClassifier</c> and <c>FrozenEstimator</c> answer as the estimator inside them does.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/semi_supervised/_self_training.py</c> (since 0.24; the fitted one was <c>base_estimator_</c> until 1.5) and
/// <c>sklearn/frozen/_frozen.py</c> (since 1.6).
/// </remarks>
internal static class SelfTraining
{
    public static Estimator Read(EstimatorNode node) => Delegated.To(node, node.Has("estimator_") ? "estimator_" : "base_estimator_");

    public static Estimator ReadFrozen(EstimatorNode node) => node.Child("estimator");
}
