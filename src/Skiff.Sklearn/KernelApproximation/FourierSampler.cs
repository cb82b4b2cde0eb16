using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>RBFSampler</c> and <c>SkewedChi2Sampler</c>: cosines of random projections, of the rows or of their logarithms.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/kernel_approximation.py</c>, <c>RBFSampler.transform</c> and <c>SkewedChi2Sampler.transform</c>; the same since
/// 0.22 but that the fitted arrays are float32 since 1.2 where the training data was.
/// </remarks>
internal sealed class FourierSampler : NumericTransformer
{
    private readonly LinearFunction _projection;
    private readonly double _scale;
    private readonly double? _skewedness;
    private readonly bool _isSingle;

    private FourierSampler(EstimatorNode node, Matrix weights, double? skewedness)
        : base(node, weights.Rows)
    {
        var offsets = FittedVector.Read(node, "random_offset_", weights.Columns);
        _projection = new LinearFunction(weights.Transpose() with { IsSingle = false }, offsets.Values);
        _scale = Math.Sqrt(2.0 / node.CheckedInteger("n_components", 1, int.MaxValue));
        _skewedness = skewedness;
        _isSingle = weights.IsSingle && offsets.IsSingle;
    }

    /// <summary>Reads <c>RBFSampler</c>.</summary>
    public static Estimator ReadRadial(EstimatorNode node) => new FourierSampler(node, Weights(node), null);

    /// <summary>Reads <c>SkewedChi2Sampler</c>.</summary>
    public static Estimator ReadSkewed(EstimatorNode node) => new FourierSampler(node, Weights(node), node.Number("skewedness"));

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (_skewedness is not null)
        {
            Kernels.RequireDenseInput(kind, Name);
        }
    }

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _projection.Outputs;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        var target = (DenseBlock)y;
        _projection.Run(_skewedness is { } skewedness ? Logarithms(RequireDense(x), skewedness, scratch) : x, target, scratch);
        for (var row = 0; row < y.Rows; row++)
        {
            foreach (ref var value in target.Row(row))
            {
                value = _scale * Math.Cos(value);
            }
        }

        if (_isSingle && x.IsSingle)
        {
            Singles.Round(target);
        }
    }

    private static Matrix Weights(EstimatorNode node) =>
        node.Matrix("random_weights_") is { Rows: > 0, Columns: > 0 } weights ? weights : throw node.Error("'random_weights_' is empty");

    private DenseBlock Logarithms(DenseBlock x, double skewedness, Scratch scratch)
    {
        var logarithms = scratch.Dense(x.Rows, x.Columns);
        for (var row = 0; row < x.Rows; row++)
        {
            var from = x.Row(row);
            var to = logarithms.Row(row);
            for (var j = 0; j < from.Length; j++)
            {
                to[j] = from[j] > -skewedness
                    ? Math.Log(from[j] + skewedness)
                    : throw InputException.AtCell(row, j, $"{Name} takes values above {Numerics.PyFloat.Format(-skewedness)}");
            }
        }

        return logarithms;
    }
}
