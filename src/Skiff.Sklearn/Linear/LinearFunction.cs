using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// <c>X @ coef_.T + intercept_</c>, dense or sparse. The coefficients of several outputs are held feature by feature, so that a stored cell of a
/// sparse row meets those of all outputs side by side; those of one output are a row.
/// </summary>
internal sealed class LinearFunction
{
    private readonly RowProducts? _products;
    private readonly double[] _single;
    private readonly double[] _intercepts;
    private readonly bool _isSingle;

    /// <param name="coefficients">One row an output, one column a feature.</param>
    /// <param name="intercepts">One an output, or one for all.</param>
    public LinearFunction(Matrix coefficients, double[] intercepts)
    {
        Outputs = coefficients.Rows;
        Features = coefficients.Columns;
        _isSingle = coefficients.IsSingle;
        _intercepts = intercepts.Length == Outputs ? intercepts : [.. Enumerable.Repeat(intercepts[0], Outputs)];
        _products = Outputs == 1 ? null : new RowProducts(coefficients, _intercepts);
        _single = Outputs == 1 ? coefficients.Values : [];
    }

    /// <summary>How many values a row gives.</summary>
    public int Outputs { get; }

    /// <summary>How many columns it takes.</summary>
    public int Features { get; }

    /// <summary>Reads <c>coef_</c> of shape (outputs, features) or (features,), and <c>intercept_</c>.</summary>
    /// <param name="node">Where it is read.</param>
    /// <param name="intercept">The attribute that holds the intercepts.</param>
    /// <param name="isSubtracted">Whether it is taken away rather than added.</param>
    public static LinearFunction Read(EstimatorNode node, string intercept = "intercept_", bool isSubtracted = false)
    {
        var coefficients = ReadCoefficients(node);
        if (node.FeatureCount >= 0 && node.FeatureCount != coefficients.Columns)
        {
            throw node.Error($"'coef_' has {coefficients.Columns} columns, 'n_features_in_' is {node.FeatureCount}");
        }

        var intercepts = node.Vector(intercept);
        if (intercepts.Length != 1 && intercepts.Length != coefficients.Rows)
        {
            throw node.Error($"'{intercept}' has {intercepts.Length} values, 'coef_' has {coefficients.Rows} rows");
        }

        return new LinearFunction(coefficients, isSubtracted ? [.. intercepts.Select(value => -value)] : intercepts);
    }

    /// <summary>The values of every row.</summary>
    public DenseBlock Run(Block x, Scratch scratch)
    {
        var y = scratch.Dense(x.Rows, Outputs);
        Run(x, y, scratch);
        return y;
    }

    /// <summary>The values of every row, into a target.</summary>
    /// <exception cref="InputException">The rows are not as wide as the coefficients.</exception>
    public void Run(Block x, DenseBlock y, Scratch scratch)
    {
        Columns.RequireWidth(x, Features, "the model");
        if (x is CsrBlock sparse)
        {
            RunSparse(sparse, y, scratch);
        }
        else if (_products is not null)
        {
            _products.Fill((DenseBlock)x, y, scratch);
        }
        else
        {
            scratch.Step((long)x.Rows * Features);
            for (var row = 0; row < x.Rows; row++)
            {
                y.Row(row)[0] = _intercepts[0] + Kernels.Dot(((DenseBlock)x).Row(row), _single);
            }
        }

        if (_isSingle && x.IsSingle)
        {
            RoundToSingle(y);
        }
    }

    private static Matrix ReadCoefficients(EstimatorNode node)
    {
        if (node.Required("coef_") is Numerics.NdArray { Rank: 1, IsNumeric: true } vector)
        {
            return new Matrix(1, vector.Size, vector.ToDoubles(), vector.Type.Kind == Numerics.DTypeKind.Float32);
        }

        var coefficients = node.Matrix("coef_");
        return coefficients.Rows > 0 ? coefficients : throw node.Error("'coef_' has no rows");
    }

    // What scikit-learn computes in float32 is answered as float32.
    private static void RoundToSingle(DenseBlock y)
    {
        for (var row = 0; row < y.Rows; row++)
        {
            foreach (ref var value in y.Row(row))
            {
                value = (float)value;
            }
        }

        y.IsSingle = true;
    }

    private void RunSparse(CsrBlock x, DenseBlock y, Scratch scratch)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            var indices = x.Indices(row);
            var values = x.Values(row);
            var sums = y.Row(row);
            if (_products is null)
            {
                sums[0] = _intercepts[0] + SparseDot(indices, values, _single);
                continue;
            }

            scratch.Step((long)indices.Length * sums.Length);
            _intercepts.CopyTo(sums);
            for (var i = 0; i < indices.Length; i++)
            {
                Kernels.AddScaled(values[i], _products.Feature(indices[i]), sums);
            }
        }
    }

    private static double SparseDot(ReadOnlySpan<int> indices, ReadOnlySpan<double> values, ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        for (var i = 0; i < indices.Length; i++)
        {
            sum += values[i] * coefficients[indices[i]];
        }

        return sum;
    }
}
