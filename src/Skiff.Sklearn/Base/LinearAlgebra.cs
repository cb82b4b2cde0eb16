namespace Skiff.Sklearn;

/// <summary>What a few estimators need of linear algebra while they are read.</summary>
internal static class LinearAlgebra
{
    /// <summary>The inverse of a square matrix by elimination with row exchanges, or null where it is singular or not finite.</summary>
    public static Matrix? Invert(Matrix matrix)
    {
        var n = matrix.Rows;
        var a = matrix.Values.ToArray();
        var inverse = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            inverse[(i * n) + i] = 1;
        }

        for (var column = 0; column < n; column++)
        {
            var pivot = Pivot(a, n, column);
            if (a[(pivot * n) + column] is 0 or double.NaN or double.PositiveInfinity or double.NegativeInfinity)
            {
                return null;
            }

            Exchange(a, n, pivot, column);
            Exchange(inverse, n, pivot, column);
            Eliminate(a, inverse, n, column);
        }

        return new Matrix(n, n, inverse, false);
    }

    private static int Pivot(double[] a, int n, int column)
    {
        var pivot = column;
        for (var row = column + 1; row < n; row++)
        {
            if (Math.Abs(a[(row * n) + column]) > Math.Abs(a[(pivot * n) + column]))
            {
                pivot = row;
            }
        }

        return pivot;
    }

    private static void Exchange(double[] a, int n, int first, int second)
    {
        for (var j = 0; j < n && first != second; j++)
        {
            (a[(first * n) + j], a[(second * n) + j]) = (a[(second * n) + j], a[(first * n) + j]);
        }
    }

    private static void Eliminate(double[] a, double[] inverse, int n, int column)
    {
        var by = a[(column * n) + column];
        for (var j = 0; j < n; j++)
        {
            a[(column * n) + j] /= by;
            inverse[(column * n) + j] /= by;
        }

        for (var row = 0; row < n; row++)
        {
            var factor = a[(row * n) + column];
            if (row == column || factor == 0)
            {
                continue;
            }

            for (var j = 0; j < n; j++)
            {
                a[(row * n) + j] -= factor * a[(column * n) + j];
                inverse[(row * n) + j] -= factor * inverse[(column * n) + j];
            }
        }
    }

    /// <summary>The logarithm of the determinant of a symmetric matrix, or null where it is not positive definite.</summary>
    public static double? LogDeterminant(Matrix matrix)
    {
        var values = matrix.Values.ToArray();
        var factor = new LowerTriangle(values, matrix.Columns);
        if (!factor.TryFactor(matrix.Rows))
        {
            return null;
        }

        var sum = 0.0;
        for (var i = 0; i < matrix.Rows; i++)
        {
            sum += 2 * Math.Log(factor.Row(i)[i]);
        }

        return sum;
    }
}
