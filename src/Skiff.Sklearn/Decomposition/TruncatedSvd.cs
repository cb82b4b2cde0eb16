using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>TruncatedSVD</c>: <c>X @ components_.T</c>.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/decomposition/_truncated_svd.py</c>, <c>transform</c>; the same since 0.22.</remarks>
internal sealed class TruncatedSvd : Transformer
{
    private readonly LinearFunction _projection;

    private TruncatedSvd(EstimatorNode node)
    {
        _projection = new LinearFunction(node.Matrix("components_", columns: node.FeatureCount), [0]);
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount => _projection.Features;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new TruncatedSvd(node);

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _projection.Outputs;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Kernels.RequireFinite(x, "TruncatedSVD");
        _projection.Run(x, (DenseBlock)y, scratch);
    }
}
