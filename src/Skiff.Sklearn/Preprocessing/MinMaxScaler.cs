using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>MinMaxScaler</c>: <c>X * scale_ + min_</c>, clipped to <c>feature_range</c> where <c>clip</c> is set.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/preprocessing/_data.py</c>, <c>MinMaxScaler.transform</c>; <c>clip</c> is there since 0.24 and off where it is missing.</remarks>
internal sealed class MinMaxScaler : NumericTransformer
{
    private readonly double[] _scales;
    private readonly double[] _offsets;
    private readonly double _lowest = double.NegativeInfinity;
    private readonly double _highest = double.PositiveInfinity;

    private MinMaxScaler(EstimatorNode node, double[] scales)
        : base(node, scales.Length)
    {
        _scales = scales;
        _offsets = node.Vector("min_", scales.Length);
        if (node.Flag("clip", false))
        {
            (_lowest, _highest) = Range(node);
        }
    }

    public static Estimator Read(EstimatorNode node) => new MinMaxScaler(node, node.Vector("scale_"));

    public override int OutputColumn(int column) => column;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        Kernels.RequireFinite(x, Name, allowNaN: true);
        y.IsSingle = x.IsSingle;
        for (var row = 0; row < x.Rows; row++)
        {
            TransformRow(rows.Row(row), ((DenseBlock)y).Row(row), x.IsSingle);
        }
    }

    private void TransformRow(ReadOnlySpan<double> x, Span<double> y, bool isSingle)
    {
        for (var j = 0; j < x.Length; j++)
        {
            var value = x[j] * _scales[j];
            value = isSingle ? (float)((float)value + _offsets[j]) : value + _offsets[j];
            y[j] = value > _highest ? _highest : value < _lowest ? _lowest : value;
        }
    }

    private static (double Lowest, double Highest) Range(EstimatorNode node)
    {
        if (EstimatorNode.Items(node.Required("feature_range")) is { Count: 2 } range
            && EstimatorNode.AsNumber(range[0]) is { } lowest && EstimatorNode.AsNumber(range[1]) is { } highest)
        {
            return (lowest, highest);
        }

        throw node.Unexpected("feature_range", "a pair of numbers");
    }
}
