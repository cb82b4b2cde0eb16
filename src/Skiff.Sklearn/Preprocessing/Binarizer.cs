using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>Binarizer</c>: 1 above the threshold, 0 elsewhere.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_data.py</c>, <c>binarize</c>; the same since 0.22. Float32 rows are compared with the threshold
/// as a float32, as numpy compares an array with a Python number.
/// </remarks>
internal sealed class Binarizer : NumericTransformer
{
    private readonly double _threshold;

    private Binarizer(EstimatorNode node)
        : base(node, -1)
    {
        _threshold = node.Number("threshold", 0);
    }

    public static Estimator Read(EstimatorNode node) => new Binarizer(node);

    public override int OutputColumn(int column) => column;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        y.IsSingle = x.IsSingle;
        var threshold = x.IsSingle ? (float)_threshold : _threshold;
        if (x is CsrBlock sparse)
        {
            TransformSparse(sparse, (CsrBlock)y, threshold);
            return;
        }

        for (var row = 0; row < x.Rows; row++)
        {
            var from = ((DenseBlock)x).Row(row);
            var to = ((DenseBlock)y).Row(row);
            for (var j = 0; j < from.Length; j++)
            {
                to[j] = from[j] > threshold ? 1 : 0;
            }
        }
    }

    private static void TransformSparse(CsrBlock x, CsrBlock y, double threshold)
    {
        if (threshold < 0)
        {
            throw new InputException(InputErrorKind.Value, "Binarizer cannot take sparse rows with a threshold below zero");
        }

        for (var row = 0; row < x.Rows; row++)
        {
            var indices = x.Indices(row);
            var values = x.Values(row);
            for (var i = 0; i < indices.Length; i++)
            {
                if (values[i] > threshold)
                {
                    y.Append(indices[i], 1);
                }
            }

            y.EndRow();
        }
    }
}
