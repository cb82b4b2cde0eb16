using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>The mask that a search for columns has left in <c>support_</c>.</summary>
internal static class SupportMask
{
    public static bool[] Read(EstimatorNode node) => node.Array("support_") is { Rank: 1, Type.Kind: DTypeKind.Bool } mask
        ? (bool[])mask.Data
        : throw node.Unexpected("support_", "booleans in one dimension");

    /// <summary><c>SequentialFeatureSelector</c>.</summary>
    /// <remarks>scikit-learn 1.9, <c>sklearn/feature_selection/_sequential.py</c>; the class is there since 0.24.</remarks>
    public static Estimator ReadSequential(EstimatorNode node) =>
        new FeatureSelector(node, Read(node), NaNTolerance.Of(node.Optional("estimator"), node.Version));
}
