using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>One step of the multiplicative updates by which <c>NMF</c> and <c>MiniBatchNMF</c> solve for the factors of a row, and the divergence they reduce.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/decomposition/_nmf.py</c>, <c>_multiplicative_update_w</c> and <c>_beta_divergence</c>. Until 1.2 only a product of
/// zero is raised to <see cref="Epsilon"/>, since 1.3 every smaller one; until 1.0 a divergence may be negative, and has no root then.
/// </remarks>
internal sealed class MultiplicativeUpdate
{
    private static readonly double Epsilon = Math.Pow(2, -23);

    private readonly Matrix _byFeature;
    private readonly double[] _products;
    private readonly double _beta;
    private readonly double _gamma;
    private readonly FactorPenalty _penalty;
    private readonly bool _raisesSmall;
    private readonly bool _mayBeNegative;

    public MultiplicativeUpdate(EstimatorNode node, Matrix components, double beta)
    {
        _byFeature = components.Transpose();
        _products = FactorProducts.Of(components);
        _beta = beta;
        _gamma = beta < 1 ? 1 / (2 - beta) : beta > 2 ? 1 / (beta - 1) : 1;
        _penalty = FactorPenalty.Read(node, components.Columns);
        _raisesSmall = node.Version >= new SklearnVersion(1, 3);
        _mayBeNegative = node.Version < new SklearnVersion(1, 1);
        Sums = [.. Enumerable.Range(0, components.Rows).Select(k => NumpySum.Of(components.Row(k)))];
    }

    /// <summary>The sum of each component.</summary>
    public double[] Sums { get; }

    /// <summary>The exponent of the divergence: 2 for Frobenius, 1 for Kullback-Leibler, 0 for Itakura-Saito.</summary>
    public static double ReadBeta(EstimatorNode node, string name) => node.Optional(name) switch
    {
        "frobenius" => 2,
        "kullback-leibler" => 1,
        "itakura-saito" => 0,
        _ => double.IsFinite(node.Number(name)) ? node.Number(name) : throw node.Unexpected(name, "a number, 'frobenius', 'kullback-leibler' or 'itakura-saito'"),
    };

    /// <summary>The constant that all factors start from: the root of the mean cell, shared out.</summary>
    public double Start(CsrBlock cells)
    {
        var sum = 0.0;
        for (var row = 0; row < cells.Rows; row++)
        {
            sum += NumpySum.Of(cells.Values(row));
        }

        return Math.Sqrt(sum / ((double)cells.Rows * cells.Columns) / Sums.Length);
    }

    /// <summary>Adds the penalty of one step to the sums of the components.</summary>
    public void Penalize(Span<double> sums)
    {
        foreach (ref var sum in sums)
        {
            sum = _penalty.First > 0 ? sum + _penalty.First : sum;
            sum = _penalty.Second <= 0 && sum == 0 ? Epsilon : sum;
        }
    }

    /// <summary>How much work it is to move the factors of a row, for <see cref="Scratch.Step"/>.</summary>
    public long WorkOf(CsrBlock cells, int row) => (long)Sums.Length * (_beta is 1 or 2 ? cells.Indices(row).Length + Sums.Length : cells.Columns);

    /// <summary>Moves the factors of a row.</summary>
    /// <param name="cells">The cells that are not zero.</param>
    /// <param name="row">Which row of them.</param>
    /// <param name="factors">Its factors.</param>
    /// <param name="sums">The components' sums with the penalty, which count for Kullback-Leibler only.</param>
    /// <param name="work">Two rows as wide as the factors.</param>
    public void Move(CsrBlock cells, int row, Span<double> factors, ReadOnlySpan<double> sums, DenseBlock work)
    {
        var numerators = work.Row(0);
        var denominators = work.Row(1);
        Numerators(cells, row, factors, numerators);
        Denominators(factors, sums, denominators);
        for (var k = 0; k < factors.Length; k++)
        {
            var denominator = denominators[k];
            if (_beta != 1 && _penalty.First > 0)
            {
                denominator += _penalty.First;
            }

            if (_penalty.Second > 0)
            {
                denominator += _penalty.Second * factors[k];
            }

            var ratio = numerators[k] / (denominator == 0 ? Epsilon : denominator);
            factors[k] *= _gamma == 1 ? ratio : Math.Pow(ratio, _gamma);
        }
    }

    /// <summary>The root of twice the divergence of the cells from what the factors give.</summary>
    /// <param name="cells">The cells that are not zero.</param>
    /// <param name="factors">The factors of all rows.</param>
    /// <param name="isSparse">Whether the input is sparse, where the squares are summed up by parts.</param>
    /// <param name="scratch">The memory of the call, which counts the work.</param>
    public double Distance(CsrBlock cells, DenseBlock factors, bool isSparse, Scratch scratch)
    {
        var sum = 0.0;
        for (var row = 0; row < cells.Rows; row++)
        {
            scratch.Step((long)cells.Columns * factors.Columns);
            sum += _beta switch
            {
                2 => isSparse ? SquareByParts(cells, row, factors.Row(row)) : Square(cells, row, factors.Row(row)),
                1 => KullbackLeibler(cells, row, factors.Row(row)),
                0 => ItakuraSaito(cells, row, factors.Row(row)),
                _ => Other(cells, row, factors.Row(row)),
            };
        }

        sum = _beta is 2 or 1 or 0 ? sum : sum / (_beta * (_beta - 1));
        return _beta == 2 ? Math.Sqrt(sum) : Math.Sqrt(2 * (_mayBeNegative || !(sum < 0) ? sum : 0));
    }

    private double Raised(double product) => product == 0 || (_raisesSmall && product < Epsilon) ? Epsilon : product;

    private double Product(ReadOnlySpan<double> factors, int feature) => Kernels.Dot(factors, _byFeature.Row(feature));

    private void Numerators(CsrBlock cells, int row, ReadOnlySpan<double> factors, Span<double> numerators)
    {
        numerators.Clear();
        var indices = cells.Indices(row);
        var values = cells.Values(row);
        for (var i = 0; i < indices.Length; i++)
        {
            var weight = values[i];
            if (_beta != 2)
            {
                var product = Product(factors, indices[i]);
                product = _beta < 2 ? Raised(product) : product;
                weight = _beta == 1 ? weight / product : weight * (_beta == 0 ? 1 / product * (1 / product) : Math.Pow(product, _beta - 2));
            }

            Add(weight, indices[i], numerators);
        }
    }

    private void Denominators(ReadOnlySpan<double> factors, ReadOnlySpan<double> sums, Span<double> denominators)
    {
        if (_beta == 1)
        {
            sums.CopyTo(denominators);
            return;
        }

        denominators.Clear();
        if (_beta == 2)
        {
            for (var k = 0; k < factors.Length; k++)
            {
                denominators[k] = Kernels.Dot(factors, _products.AsSpan(k * factors.Length, factors.Length));
            }

            return;
        }

        for (var j = 0; j < _byFeature.Rows; j++)
        {
            var product = Product(factors, j);
            Add(Math.Pow(_beta < 1 ? Raised(product) : product, _beta - 1), j, denominators);
        }
    }

    private void Add(double weight, int feature, Span<double> sums)
    {
        var components = _byFeature.Row(feature);
        for (var k = 0; k < sums.Length; k++)
        {
            sums[k] += weight * components[k];
        }
    }

    private double Square(CsrBlock cells, int row, ReadOnlySpan<double> factors)
    {
        var indices = cells.Indices(row);
        var values = cells.Values(row);
        var sum = 0.0;
        for (int j = 0, i = 0; j < _byFeature.Rows; j++)
        {
            var cell = i < indices.Length && indices[i] == j ? values[i++] : 0;
            var rest = cell - Product(factors, j);
            sum += rest * rest;
        }

        return sum;
    }

    private double SquareByParts(CsrBlock cells, int row, ReadOnlySpan<double> factors)
    {
        var indices = cells.Indices(row);
        var values = cells.Values(row);
        var sum = Kernels.Dot(values, values);
        for (var i = 0; i < indices.Length; i++)
        {
            sum -= 2 * values[i] * Product(factors, indices[i]);
        }

        for (var k = 0; k < factors.Length; k++)
        {
            sum += factors[k] * Kernels.Dot(factors, _products.AsSpan(k * factors.Length, factors.Length));
        }

        return sum;
    }

    private double KullbackLeibler(CsrBlock cells, int row, ReadOnlySpan<double> factors)
    {
        var sum = Kernels.Dot(factors, Sums);
        var indices = cells.Indices(row);
        var values = cells.Values(row);
        for (var i = 0; i < indices.Length; i++)
        {
            if (values[i] > Epsilon)
            {
                sum += (values[i] * Math.Log(values[i] / Raised(Product(factors, indices[i])))) - values[i];
            }
        }

        return sum;
    }

    private double ItakuraSaito(CsrBlock cells, int row, ReadOnlySpan<double> factors)
    {
        var sum = -(double)_byFeature.Rows;
        var indices = cells.Indices(row);
        var values = cells.Values(row);
        for (var i = 0; i < indices.Length; i++)
        {
            if (values[i] > Epsilon)
            {
                var ratio = values[i] / Raised(Product(factors, indices[i]));
                sum += ratio - Math.Log(ratio);
            }
        }

        return sum;
    }

    private double Other(CsrBlock cells, int row, ReadOnlySpan<double> factors)
    {
        var sum = 0.0;
        for (var j = 0; j < _byFeature.Rows; j++)
        {
            sum += Math.Pow(Product(factors, j), _beta) * (_beta - 1);
        }

        var indices = cells.Indices(row);
        var values = cells.Values(row);
        for (var i = 0; i < indices.Length; i++)
        {
            if (values[i] > Epsilon)
            {
                sum += Math.Pow(values[i], _beta) - (_beta * values[i] * Math.Pow(Raised(Product(factors, indices[i])), _beta - 1));
            }
        }

        return sum;
    }
}
