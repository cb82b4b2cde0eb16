namespace Skiff.Sklearn;

/// <summary><c>StandardScaler</c>.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/preprocessing/_data.py</c>, <c>StandardScaler.transform</c>; the same since 0.22. <c>mean_</c> may be there without being used.</remarks>
internal sealed class StandardScaler : ColumnScaler
{
    private StandardScaler(EstimatorNode node)
        : base(node, node.Flag("with_mean", true) ? node.Vector("mean_") : null, node.Flag("with_std", true) ? node.Vector("scale_") : null)
    {
    }

    public static Estimator Read(EstimatorNode node) => new StandardScaler(node);
}
