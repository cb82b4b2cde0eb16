namespace Skiff.Sklearn;

/// <summary><c>RobustScaler</c>.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_data.py</c>, <c>RobustScaler.transform</c>; the same since 0.22. <c>unit_variance</c> and
/// <c>quantile_range</c> are in <c>scale_</c>. Sparse rows are scaled and never centered, whatever <c>with_centering</c> says.
/// </remarks>
internal sealed class RobustScaler : ColumnScaler
{
    private RobustScaler(EstimatorNode node)
        : base(
            node,
            node.Flag("with_centering", true) ? node.Vector("center_") : null,
            node.Flag("with_scaling", true) ? node.Vector("scale_") : null)
    {
    }

    protected override bool RefusesSparseOffsets => false;

    public static Estimator Read(EstimatorNode node) => new RobustScaler(node);
}
