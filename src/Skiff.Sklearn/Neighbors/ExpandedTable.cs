namespace Skiff.Sklearn;

/// <summary>Euclidean distances by way of products: the squares of both rows less twice their product, never below zero.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>EuclideanArgKmin</c> in <c>sklearn/metrics/_pairwise_distances_reduction/_argkmin.pyx.tp</c>, and before 1.1
/// <c>euclidean_distances</c>: both multiply matrices. What that library rounds otherwise shows in the last digits of a square only.
/// </remarks>
internal sealed class ExpandedTable : DistanceTable
{
    private readonly LaneTable<ProductStep> _products;
    private readonly double[] _squares;
    private readonly bool _isSquared;
    private readonly bool _isFused;

    /// <param name="rows">The fitted rows.</param>
    /// <param name="isSquared">Whether the square is the distance, as for <c>sqeuclidean</c>.</param>
    /// <param name="isFused">Whether a row's squares are summed as the products are, one after the other, so that equal rows are at no distance.</param>
    public ExpandedTable(Matrix rows, bool isSquared, bool isFused)
    {
        _isFused = isFused;
        _products = new LaneTable<ProductStep>(rows, new SquaredEuclideanMetric());
        _squares = [.. Enumerable.Range(0, rows.Rows).Select(i => Square(rows.Row(i)))];
        _isSquared = isSquared;
    }

    public override int Count => _products.Count;

    public override int Width => _products.Width;

    public override void Fill(ReadOnlySpan<double> query, Span<double> reduced)
    {
        var square = Square(query);
        _products.Fill(query, reduced);
        for (var i = 0; i < reduced.Length; i++)
        {
            reduced[i] = Math.Max(0, square - (2 * reduced[i]) + _squares[i]);
        }
    }

    public override double ToDistance(double reduced) => _isSquared ? reduced : Math.Sqrt(reduced);

    public override double ToReduced(double distance) => _isSquared ? distance : distance * distance;

    private double Square(ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        if (!_isFused)
        {
            return SumOfEights(row);
        }

        foreach (var value in row)
        {
            sum = Kernels.MultiplyAdd(value, value, sum);
        }

        return sum;
    }

    // As numpy's einsum: eight products at a time, and what is left from the last to the first.
    private static double SumOfEights(ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        var i = 0;
        for (; i + 8 <= row.Length; i += 8)
        {
            var eight = row[i] * row[i];
            for (var k = 1; k < 8; k++)
            {
                eight += row[i + k] * row[i + k];
            }

            sum += eight;
        }

        for (var k = row.Length - 1; k >= i; k--)
        {
            sum += row[k] * row[k];
        }

        return sum;
    }
}
