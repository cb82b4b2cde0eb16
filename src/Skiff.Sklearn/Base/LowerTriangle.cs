namespace Skiff.Sklearn;

/// <summary>A lower triangle in memory of the caller: Cholesky's factor, and what is solved with it.</summary>
internal readonly ref struct LowerTriangle
{
    private readonly Span<double> _values;
    private readonly int _stride;

    /// <param name="values">Its rows, one after the other.</param>
    /// <param name="stride">Numbers from one row to the next; 0 where each is as long as the triangle is wide there.</param>
    public LowerTriangle(Span<double> values, int stride = 0)
    {
        _values = values;
        _stride = stride;
    }

    /// <summary>How many numbers the triangle of a size has.</summary>
    public static int LengthOf(int size) => checked((int)((long)size * (size + 1) / 2));

    /// <summary>A row, up to the diagonal.</summary>
    public Span<double> Row(int row) => _values.Slice(_stride == 0 ? (int)((long)row * (row + 1) / 2) : row * _stride, row + 1);

    /// <summary>Replaces the lower half of a symmetric matrix by its factor; false where it is not positive definite or not finite.</summary>
    /// <param name="size">Rows and columns.</param>
    public bool TryFactor(int size)
    {
        for (var i = 0; i < size; i++)
        {
            var square = Extend(Row(i));
            if (!(square > 0) || double.IsInfinity(square))
            {
                return false;
            }

            Row(i)[i] = Math.Sqrt(square);
        }

        return true;
    }

    /// <summary>Turns a row of the matrix into the factor's next row, but for its last number, whose square it gives.</summary>
    public double Extend(Span<double> row)
    {
        var before = row[..^1];
        Solve(before);
        return row[^1] - Kernels.Dot(before, before);
    }

    /// <summary>Solves L x = b in place.</summary>
    /// <param name="values">b; x.</param>
    /// <param name="raised">What is added to the diagonal.</param>
    public void Solve(Span<double> values, double raised = 0)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var row = Row(i);
            values[i] = (values[i] - Kernels.Dot(row[..i], values)) / (row[i] + raised);
        }
    }

    /// <summary>Solves Lᵀ x = b in place.</summary>
    /// <param name="values">b; x.</param>
    /// <param name="raised">What is added to the diagonal.</param>
    public void SolveTransposed(Span<double> values, double raised = 0)
    {
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var row = Row(i);
            values[i] /= row[i] + raised;
            Kernels.AddScaled(-values[i], row, values[..i]);
        }
    }
}
