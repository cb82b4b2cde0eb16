using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>TfidfTransformer</c> over counts.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/feature_extraction/text.py</c>, <c>TfidfTransformer</c>. It answers with a sparse matrix, whatever it is given.</remarks>
internal sealed class TfidfTransformer : Transformer
{
    private readonly TfidfWeights _weights;

    private TfidfTransformer(EstimatorNode node)
    {
        _weights = TfidfWeights.Read(node);
        FeatureCount = _weights.FeatureCount >= 0 ? _weights.FeatureCount : node.FeatureCount;
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new TfidfTransformer(node);

    public override BlockKind Produces(BlockKind input) => BlockKind.Csr;

    public override int Width(int inputWidth) => FeatureCount >= 0 ? FeatureCount : inputWidth;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(TfidfTransformer));
        Kernels.RequireFinite(x, "TfidfTransformer");
        var target = (CsrBlock)y;
        target.IsSingle = x.IsSingle;
        for (var row = 0; row < x.Rows; row++)
        {
            AppendStored(x, row, target);
            target.EndRow();
            _weights.Apply(target.Indices(row), target.Values(row), x.IsSingle);
        }
    }

    private static void AppendStored(Block x, int row, CsrBlock y)
    {
        if (x is CsrBlock sparse)
        {
            Kernels.AppendRow(sparse, row, y, 0);
            return;
        }

        var cells = ((DenseBlock)x).Row(row);
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] != 0)
            {
                y.Append(i, cells[i]);
            }
        }
    }
}
