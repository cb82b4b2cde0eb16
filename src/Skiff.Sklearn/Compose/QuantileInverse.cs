using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>QuantileTransformer.inverse_transform</c>: from a rank, or its quantile of the normal distribution, back to the number.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/preprocessing/_data.py</c>, <c>QuantileTransformer._transform_col</c>; the same since 0.22.</remarks>
internal sealed class QuantileInverse : TargetInverse
{
    private const double Bound = 1e-7;

    private readonly double[] _ranks;
    private readonly double[][] _quantiles;
    private readonly bool _isNormal;

    private QuantileInverse(EstimatorNode node, Matrix quantiles)
    {
        _ranks = quantiles.Rows == 0 ? throw node.Error("'quantiles_' has no rows") : node.Vector("references_", quantiles.Rows);
        _quantiles = [.. Enumerable.Range(0, quantiles.Columns).Select(column => Enumerable.Range(0, quantiles.Rows).Select(row => quantiles.Row(row)[column]).ToArray())];
        _isNormal = node.Text("output_distribution", "uniform") == "normal";
    }

    public override int Width => _quantiles.Length;

    public static QuantileInverse Read(EstimatorNode node) => new(node, node.Matrix("quantiles_"));

    public override double Apply(double value, int column)
    {
        var quantiles = _quantiles[column];
        var rank = _isNormal ? SpecialFunctions.NormalCdf(value) : value;
        if (double.IsNaN(rank))
        {
            return rank;
        }

        if (_isNormal ? rank - Bound < 0 : rank == 0)
        {
            return quantiles[0];
        }

        return (_isNormal ? rank + Bound > 1 : rank == 1) ? quantiles[^1] : NumpyInterpolation.At(rank, _ranks, quantiles);
    }
}
