using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What the scalers share: each column loses an offset and is divided by a scale.</summary>
internal abstract class ColumnScaler : Transformer
{
    private readonly double[]? _offsets;
    private readonly double[]? _scales;
    private readonly double _limit;
    private readonly string _name;

    /// <param name="node">Where it is read.</param>
    /// <param name="offsets">Subtracted, one a column, or null.</param>
    /// <param name="scales">Divided by, one a column, or null.</param>
    /// <param name="limit">Results are clipped to minus and plus this.</param>
    protected ColumnScaler(EstimatorNode node, double[]? offsets, double[]? scales, double limit = double.PositiveInfinity)
    {
        var count = offsets?.Length ?? scales?.Length ?? node.FeatureCount;
        if ((scales is not null && scales.Length != count) || (node.FeatureCount >= 0 && node.FeatureCount != count))
        {
            throw node.Error($"the fitted arrays have {offsets?.Length ?? count} and {scales?.Length ?? count} values for {node.FeatureCount} features");
        }

        _offsets = offsets;
        _scales = scales;
        _limit = limit;
        _name = node.ClassName;
        FeatureCount = count;
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public override BlockKind Produces(BlockKind input) => input;

    public override int Width(int inputWidth) => FeatureCount;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        if (FeatureCount >= 0 && x.Columns != FeatureCount)
        {
            throw new InputException(InputErrorKind.Value, $"the input has {x.Columns} features, {_name} takes {FeatureCount}");
        }

        Kernels.RequireFinite(x, _name, allowNaN: true);
        y.IsSingle = x.IsSingle;
        if (x is CsrBlock sparse)
        {
            TransformSparse(sparse, (CsrBlock)y);
            return;
        }

        for (var row = 0; row < x.Rows; row++)
        {
            TransformRow(((DenseBlock)x).Row(row), ((DenseBlock)y).Row(row));
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
        if (_offsets is not null)
        {
            throw new InputException(InputErrorKind.Value, $"{_name} cannot center sparse rows; it was fitted with with_mean=True");
        }

        for (var row = 0; row < x.Rows; row++)
        {
            var indices = x.Indices(row);
            var values = x.Values(row);
            for (var i = 0; i < indices.Length; i++)
            {
                y.Append(indices[i], _scales is null ? values[i] : Clip(values[i] * (1 / _scales[indices[i]])));
            }

            y.EndRow();
        }
    }

    private double Clip(double value) => value > _limit ? _limit : value < -_limit ? -_limit : value;
}
