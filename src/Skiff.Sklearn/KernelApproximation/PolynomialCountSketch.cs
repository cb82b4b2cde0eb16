using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>PolynomialCountSketch</c>: one sketch of the row a degree, convolved with each other.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/kernel_approximation.py</c>, <c>PolynomialCountSketch.transform</c>; the same since it came in 0.24. There the
/// convolution goes by way of Fourier transforms; here cell by cell, which the sketches, having few cells, allow.
/// </remarks>
internal sealed class PolynomialCountSketch : NumericTransformer
{
    private readonly int _count;
    private readonly int _degree;

    // By degree: where each feature, and the constant behind them, is added, and with which sign.
    private readonly int[] _places;
    private readonly double[] _signs;
    private readonly int _hashed;
    private readonly double _factor;
    private readonly double _constant;

    private PolynomialCountSketch(EstimatorNode node, NdArray places, int features)
        : base(node, features)
    {
        _hashed = places.Shape[1];
        _degree = places.Shape[0];
        _places = places.ToInt32s();
        _signs = node.Matrix("bitHash_", _degree, _hashed).Values;
        _count = node.CheckedInteger("n_components", 1, 1 << 20);
        _factor = Math.Sqrt(node.Number("gamma"));
        _constant = _hashed == features ? 0 : Math.Sqrt(node.Number("coef0"));
        if (_places.AsSpan().ContainsAnyExceptInRange(0, _count - 1))
        {
            throw node.Error($"'indexHash_' names components that are not among the {_count}");
        }
    }

    public static Estimator Read(EstimatorNode node)
    {
        var places = node.Array("indexHash_");
        if (places is not { Rank: 2, Type.Kind: <= DTypeKind.Int64 } || places.Size == 0)
        {
            throw node.Unexpected("indexHash_", "integers in two dimensions");
        }

        var features = places.Shape[1] - (node.Number("coef0") != 0 ? 1 : 0);
        return features > 0 ? new PolynomialCountSketch(node, places, features) : throw node.Error("'indexHash_' is for no features");
    }

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _count;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        var sketch = scratch.Dense(1, _count).Row(0);
        var product = scratch.Dense(1, _count).Row(0);
        for (var row = 0; row < x.Rows; row++)
        {
            var target = ((DenseBlock)y).Row(row);
            scratch.Step((long)(_degree - 1) * _count * _count);
            Sketch(x, row, 0, target);
            for (var degree = 1; degree < _degree; degree++)
            {
                Sketch(x, row, degree, sketch);
                Convolve(target, sketch, product);
                product.CopyTo(target);
            }
        }
    }

    private static void Convolve(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> y)
    {
        y.Clear();
        for (var i = 0; i < b.Length; i++)
        {
            var factor = b[i];
            if (factor == 0)
            {
                continue;
            }

            for (var k = 0; k < a.Length - i; k++)
            {
                y[i + k] += factor * a[k];
            }

            for (var k = a.Length - i; k < a.Length; k++)
            {
                y[i + k - a.Length] += factor * a[k];
            }
        }
    }

    private void Sketch(Block x, int row, int degree, Span<double> y)
    {
        y.Clear();
        var places = _places.AsSpan(degree * _hashed, _hashed);
        var signs = _signs.AsSpan(degree * _hashed, _hashed);
        if (x is CsrBlock sparse)
        {
            var indices = sparse.Indices(row);
            var values = sparse.Values(row);
            for (var i = 0; i < indices.Length; i++)
            {
                y[places[indices[i]]] += signs[indices[i]] * _factor * values[i];
            }
        }
        else
        {
            var values = ((DenseBlock)x).Row(row);
            for (var j = 0; j < values.Length; j++)
            {
                y[places[j]] += signs[j] * _factor * values[j];
            }
        }

        if (_hashed > x.Columns)
        {
            y[places[^1]] += signs[^1] * _constant;
        }
    }
}
