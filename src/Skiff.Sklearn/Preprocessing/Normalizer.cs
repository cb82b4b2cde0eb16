using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>Normalizer</c>: each row divided by its norm.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/preprocessing/_data.py</c>, <c>Normalizer.transform</c>.</remarks>
internal sealed class Normalizer : Transformer
{
    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly RowNormKind _norm;
    private readonly double _negligible;

    private Normalizer(EstimatorNode node)
    {
        _norm = RowNorm.Parse(node, node.Text("norm", "l2"));
        _negligible = node.Version >= new SklearnVersion(1, 0) ? 10 * MachineEpsilon : 0;
        FeatureCount = node.FeatureCount;
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new Normalizer(node);

    public override BlockKind Produces(BlockKind input) => input;

    public override int Width(int inputWidth) => inputWidth;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Kernels.RequireFinite(x, "Normalizer");
        Kernels.Copy(x, y);
        for (var row = 0; row < y.Rows; row++)
        {
            if (y is CsrBlock sparse)
            {
                RowNorm.Apply(_norm, sparse.Values(row), y.IsSingle);
            }
            else
            {
                RowNorm.Apply(_norm, ((DenseBlock)y).Row(row), y.IsSingle, _negligible);
            }
        }
    }
}
