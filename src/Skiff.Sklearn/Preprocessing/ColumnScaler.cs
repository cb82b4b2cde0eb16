using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What the scalers share: each column loses an offset and is divided by a scale. Float32 rows stay float32 after each step, as numpy's do in place.</summary>
internal abstract class ColumnScaler : NumericTransformer
{
    private readonly double[]? _offsets;
    private readonly double[]? _scales;
    private readonly double _limit;

    /// <param name="node">Where it is read.</param>
    /// <param name="offsets">Subtracted, one a column, or null.</param>
    /// <param name="scales">Divided by, one a column, or null.</param>
    /// <param name="limit">Results are clipped to minus and plus this.</param>
    protected ColumnScaler(EstimatorNode node, double[]? offsets, double[]? scales, double limit = double.PositiveInfinity)
        : base(node, offsets?.Length ?? scales?.Length ?? -1)
    {
        if (offsets is not null && scales is not null && offsets.Length != scales.Length)
        {
            throw node.Error($"the fitted arrays have {offsets.Length} and {scales.Length} values");
        }

        _offsets = offsets;
        _scales = scales;
        _limit = limit;
    }

    /// <summary>Whether sparse rows are refused where there are offsets; else those are left out.</summary>
    protected virtual bool RefusesSparseOffsets => true;

    public override int OutputColumn(int column) => column;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name, allowNaN: true);
        y.IsSingle = x.IsSingle;
        if (x is CsrBlock sparse)
        {
            TransformSparse(sparse, (CsrBlock)y);
            return;
        }

        for (var row = 0; row < x.Rows; row++)
        {
            TransformRow(((DenseBlock)x).Row(row), ((DenseBlock)y).Row(row));
            if (x.IsSingle)
            {
                Singles.Round(((DenseBlock)y).Row(row));
            }
        }
    }

    private void TransformRow(ReadOnlySpan<double> x, Span<double> y)
    {
        for (var j = 0; j < x.Length; j++)
        {
            var value = x[j];
            if (_offsets is not null)
            {
                value -= _offsets[j];
            }

            if (_scales is not null)
            {
                value /= _scales[j];
            }

            y[j] = Clip(value);
        }
    }

    // scikit-learn multiplies stored cells by the reciprocal.
    private void TransformSparse(CsrBlock x, CsrBlock y)
    {
        if (_offsets is not null && RefusesSparseOffsets)
        {
            throw new InputException(InputErrorKind.Value, $"{Name} cannot center sparse rows; it was fitted with with_mean=True");
        }

        for (var row = 0; row < x.Rows; row++)
        {
            var indices = x.Indices(row);
            var values = x.Values(row);
            for (var i = 0; i < indices.Length; i++)
            {
                var value = _scales is null ? values[i] : Clip(values[i] * (1 / _scales[indices[i]]));
                y.Append(indices[i], x.IsSingle ? (float)value : value);
            }

            y.EndRow();
        }
    }

    private double Clip(double value) => value > _limit ? _limit : value < -_limit ? -_limit : value;
}
