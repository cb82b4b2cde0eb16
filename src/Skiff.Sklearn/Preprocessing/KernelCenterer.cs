using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>KernelCenterer</c>: a kernel's values centered in the kernel's space.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/preprocessing/_data.py</c>, <c>KernelCenterer.transform</c>; the same since 0.22.</remarks>
internal sealed class KernelCenterer : NumericTransformer
{
    private readonly double[] _means;
    private readonly double _mean;
    private readonly bool _isSingle;

    private KernelCenterer(EstimatorNode node, FittedVector means)
        : base(node, means.Values.Length)
    {
        _means = means.Values;
        _isSingle = means.IsSingle;
        _mean = node.Number("K_fit_all_");
    }

    public static Estimator Read(EstimatorNode node) => ReadCenterer(node);

    /// <summary>Reads one that stands in another estimator.</summary>
    /// <param name="node">Its own node.</param>
    /// <param name="count">How many fitted rows there are, -1 for any number.</param>
    public static KernelCenterer ReadCenterer(EstimatorNode node, int count = -1)
    {
        var means = FittedVector.Read(node, "K_fit_rows_", count);
        return means.Values.Length > 0 ? new KernelCenterer(node, means) : throw node.Error("'K_fit_rows_' is empty");
    }

    public override int OutputColumn(int column) => column;

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, Name);
    }

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        Kernels.RequireFinite(x, Name);
        for (var row = 0; row < x.Rows; row++)
        {
            rows.Row(row).CopyTo(((DenseBlock)y).Row(row));
            Center(((DenseBlock)y).Row(row));
        }

        if (_isSingle && x.IsSingle)
        {
            Singles.Round((DenseBlock)y);
        }
    }

    /// <summary>Centers the values of one row.</summary>
    public void Center(Span<double> values)
    {
        var mean = NumpySum.Of(values) / _means.Length;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = values[i] - _means[i] - mean + _mean;
        }
    }
}
