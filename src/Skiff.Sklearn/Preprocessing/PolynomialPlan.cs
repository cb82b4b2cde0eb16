using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The products of dense rows, one after the other: each is an earlier one times a column.</summary>
internal sealed class PolynomialPlan
{
    private readonly int[] _factors;
    private readonly int[] _columns;
    private readonly int _features;
    private readonly int _bias;
    private readonly int _firstWanted;

    public PolynomialPlan(PolynomialDegrees degrees)
    {
        _features = degrees.Features;
        _bias = degrees.Bias ? 1 : 0;
        var full = (int)degrees.FullCount;
        _factors = new int[full];
        _columns = new int[full];
        _firstWanted = full - degrees.Count + _bias;
        if (degrees.Highest > 0)
        {
            Fill(degrees);
        }
    }

    public void Run(DenseBlock x, DenseBlock y, Scratch scratch)
    {
        var products = _firstWanted > _bias ? scratch.Dense(1, _factors.Length) : null;
        for (var row = 0; row < x.Rows; row++)
        {
            var target = y.Row(row);
            scratch.Step(_factors.Length);
            var all = products is null ? target : products.Row(0);
            Multiply(x.Row(row), all, x.IsSingle);
            if (products is not null)
            {
                target[.._bias].Fill(1);
                all[_firstWanted..].CopyTo(target[_bias..]);
            }
        }
    }

    private void Multiply(ReadOnlySpan<double> x, Span<double> y, bool isSingle)
    {
        y[.._bias].Fill(1);
        if (_factors.Length > _bias)
        {
            x.CopyTo(y[_bias..]);
        }

        for (var i = _bias + _features; i < _factors.Length; i++)
        {
            var product = y[_factors[i]] * x[_columns[i]];
            y[i] = isSingle ? (float)product : product;
        }
    }

    // For each column in turn all products of one factor less that start with it or a later one; with another only, where none may be twice.
    private void Fill(PolynomialDegrees degrees)
    {
        var starts = Enumerable.Range(_bias, _features + 1).ToArray();
        var next = _bias + _features;
        for (var degree = 2; degree <= degrees.Highest; degree++)
        {
            var end = starts[_features];
            var nextStarts = new int[_features + 1];
            for (var column = 0; column < _features; column++)
            {
                nextStarts[column] = next;
                for (var factor = degrees.Distinct ? starts[column + 1] : starts[column]; factor < end; factor++)
                {
                    _factors[next] = factor;
                    _columns[next++] = column;
                }
            }

            nextStarts[_features] = next;
            starts = nextStarts;
        }
    }
}
