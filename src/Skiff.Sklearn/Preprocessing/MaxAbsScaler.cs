namespace Skiff.Sklearn;

/// <summary><c>MaxAbsScaler</c>.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/preprocessing/_data.py</c>, <c>MaxAbsScaler.transform</c>; <c>clip</c> is younger than 1.4 and off where it is missing.</remarks>
internal sealed class MaxAbsScaler : ColumnScaler
{
    private MaxAbsScaler(EstimatorNode node)
        : base(node, null, node.Vector("scale_"), node.Flag("clip", false) ? 1 : double.PositiveInfinity)
    {
    }

    public static Estimator Read(EstimatorNode node) => new MaxAbsScaler(node);
}
