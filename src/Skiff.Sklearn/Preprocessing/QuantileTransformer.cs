using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>QuantileTransformer</c>: each number's rank among those of training, from 0 to 1 or as that quantile of the normal distribution.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_data.py</c>, <c>QuantileTransformer._transform_col</c>; the same since 0.22. A number that is
/// several quantiles at once gets the mean of the lowest and the highest of their ranks.
/// </remarks>
internal sealed class QuantileTransformer : NumericTransformer
{
    // For Scratch.Step.
    private const int WorkPerCell = 32;

    private const double Bound = 1e-7;
    private const double MachineEpsilon = 2.220446049250313e-16;

    private static readonly double Lowest = SpecialFunctions.NormalQuantile(Bound - MachineEpsilon);
    private static readonly double Highest = SpecialFunctions.NormalQuantile(1 - (Bound - MachineEpsilon));

    private readonly double[] _ranks;
    private readonly double[] _mirroredRanks;
    private readonly double[][] _quantiles;
    private readonly double[][] _mirrored;
    private readonly bool _isNormal;
    private readonly bool _acceptsNegative;

    private QuantileTransformer(EstimatorNode node, Matrix quantiles)
        : base(node, quantiles.Columns)
    {
        if (quantiles.Rows == 0)
        {
            throw node.Error("'quantiles_' has no rows");
        }

        _ranks = node.Vector("references_", quantiles.Rows);
        _mirroredRanks = Mirror(_ranks);
        _quantiles = [.. Enumerable.Range(0, quantiles.Columns).Select(j => Enumerable.Range(0, quantiles.Rows).Select(i => quantiles.Row(i)[j]).ToArray())];
        _mirrored = [.. _quantiles.Select(Mirror)];
        _acceptsNegative = node.Flag("ignore_implicit_zeros", false);
        _isNormal = node.Text("output_distribution", "uniform") switch
        {
            "uniform" => false,
            "normal" => true,
            var name => throw node.Error($"'output_distribution' is '{name}'; uniform and normal are known"),
        };
    }

    public static Estimator Read(EstimatorNode node) => new QuantileTransformer(node, node.Matrix("quantiles_"));

    public override int OutputColumn(int column) => column;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name, allowNaN: true);
        y.IsSingle = x.IsSingle;
        if (x is CsrBlock sparse)
        {
            TransformSparse(sparse, (CsrBlock)y, scratch);
            return;
        }

        for (var row = 0; row < x.Rows; row++)
        {
            var from = ((DenseBlock)x).Row(row);
            var to = ((DenseBlock)y).Row(row);
            scratch.Step((long)from.Length * WorkPerCell);
            for (var j = 0; j < from.Length; j++)
            {
                to[j] = At(from[j], j, x.IsSingle);
            }
        }
    }

    // Cells that are not stored stay zero.
    private void TransformSparse(CsrBlock x, CsrBlock y, Scratch scratch)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            var indices = x.Indices(row);
            scratch.Step((long)indices.Length * WorkPerCell);
            var values = x.Values(row);
            for (var i = 0; i < indices.Length; i++)
            {
                if (values[i] < 0 && !_acceptsNegative)
                {
                    throw InputException.AtCell(row, indices[i], $"{Name} does not accept sparse rows with numbers below zero");
                }

                y.Append(indices[i], At(values[i], indices[i], x.IsSingle));
            }

            y.EndRow();
        }
    }

    private double At(double x, int column, bool isSingle)
    {
        var quantiles = _quantiles[column];
        if (double.IsNaN(x))
        {
            return x;
        }

        double rank;
        if (IsLowest(x, quantiles[0], isSingle))
        {
            rank = 0;
        }
        else if (IsHighest(x, quantiles[^1], isSingle))
        {
            rank = 1;
        }
        else
        {
            rank = 0.5 * (NumpyInterpolation.At(x, quantiles, _ranks) - NumpyInterpolation.At(-x, _mirrored[column], _mirroredRanks));
            rank = isSingle ? (float)rank : rank;
        }

        return _isNormal ? Normal(rank, isSingle) : rank;
    }

    private bool IsLowest(double x, double lowest, bool isSingle) =>
        _isNormal ? (isSingle ? (float)x - (float)Bound : x - Bound) < lowest : x == lowest;

    private bool IsHighest(double x, double highest, bool isSingle) =>
        _isNormal ? (isSingle ? (float)x + (float)Bound : x + Bound) > highest : x == highest;

    private static double Normal(double rank, bool isSingle)
    {
        var value = SpecialFunctions.NormalQuantile(rank);
        value = value > Highest ? Highest : value < Lowest ? Lowest : value;
        return isSingle ? (float)value : value;
    }

    // Negated and from the end, so that of equal quantiles the first counts.
    private static double[] Mirror(double[] values) => [.. values.Select(value => -value).Reverse()];
}
