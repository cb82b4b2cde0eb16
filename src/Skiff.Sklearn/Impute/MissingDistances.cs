namespace Skiff.Sklearn;

/// <summary>Euclidean distances to training rows over the columns that both rows have, scaled up to all columns; NaN where they share none.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/metrics/pairwise.py</c>, <c>nan_euclidean_distances</c>; the same since 0.22. The squares of the cells that only one
/// row has are taken off again, in that order, so that equal rows are as near as there.
/// </remarks>
internal sealed class MissingDistances
{
    private readonly ExpandedTable _squares;
    private readonly LaneTable<ProductStep> _gaps;
    private readonly LaneTable<ProductStep> _present;
    private readonly LaneTable<ProductStep> _cells;
    private readonly MissingValue _missing;

    public MissingDistances(Matrix rows, MissingValue missing)
    {
        _missing = missing;
        var metric = new SquaredEuclideanMetric();
        _squares = new ExpandedTable(Map(rows, value => missing.Is(value) ? 0 : value), isSquared: true, isFused: false);
        _gaps = new LaneTable<ProductStep>(Map(rows, value => missing.Is(value) ? 1 : 0), metric);
        _present = new LaneTable<ProductStep>(Map(rows, value => missing.Is(value) ? 0 : 1), metric);
        _cells = new LaneTable<ProductStep>(Map(rows, value => missing.Is(value) ? 0 : value * value), metric);
    }

    /// <summary>How many training rows there are.</summary>
    public int Count => _squares.Count;

    /// <summary>Computes them all.</summary>
    /// <param name="query">The row.</param>
    /// <param name="distances">One a training row.</param>
    /// <param name="work">Memory for a number a training row.</param>
    /// <param name="columns">Memory for three numbers a column.</param>
    public void Fill(ReadOnlySpan<double> query, Span<double> distances, Span<double> work, Span<double> columns)
    {
        var values = columns[..query.Length];
        var squares = columns.Slice(query.Length, query.Length);
        var isMissing = columns.Slice(2 * query.Length, query.Length);
        for (var j = 0; j < query.Length; j++)
        {
            isMissing[j] = _missing.Is(query[j]) ? 1 : 0;
            values[j] = isMissing[j] == 1 ? 0 : query[j];
            squares[j] = values[j] * values[j];
        }

        _squares.Fill(values, distances);
        _gaps.Fill(squares, work);
        Subtract(distances, work);
        _cells.Fill(isMissing, work);
        Subtract(distances, work);
        foreach (ref var flag in isMissing)
        {
            flag = 1 - flag;
        }

        _present.Fill(isMissing, work);
        for (var i = 0; i < distances.Length; i++)
        {
            distances[i] = work[i] == 0 ? double.NaN : Math.Sqrt(Math.Max(0, distances[i]) / work[i] * query.Length);
        }
    }

    private static void Subtract(Span<double> distances, ReadOnlySpan<double> work)
    {
        for (var i = 0; i < distances.Length; i++)
        {
            distances[i] -= work[i];
        }
    }

    private static Matrix Map(Matrix rows, Func<double, double> change) => rows with { Values = [.. rows.Values.Select(change)] };
}
