namespace Skiff.Sklearn;

/// <summary>A fitted matrix, row by row.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Values">The cells.</param>
/// <param name="IsSingle">Whether the file holds them as float32.</param>
internal sealed record Matrix(int Rows, int Columns, double[] Values, bool IsSingle)
{
    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>Rows and columns exchanged.</summary>
    public Matrix Transpose()
    {
        var values = new double[Values.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                values[(column * Rows) + row] = Values[(row * Columns) + column];
            }
        }

        return new Matrix(Columns, Rows, values, IsSingle);
    }
}
