using System.Buffers;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>The metrics that sparse fitted rows have: <c>euclidean</c>, <c>cosine</c> and <c>manhattan</c>. A query touches the rows that share a column with it.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/metrics/pairwise.py</c>, <c>euclidean_distances</c>, <c>cosine_distances</c> and <c>manhattan_distances</c> over csr matrices.</remarks>
internal sealed class SparseTable : DistanceTable
{
    private readonly Csr _rows;
    private readonly Csr _columns;
    private readonly double[] _norms;
    private readonly SparseMetric _metric;

    /// <param name="rows">The fitted rows.</param>
    /// <param name="metric">The metric.</param>
    public SparseTable(Csr rows, SparseMetric metric)
    {
        Count = rows.Rows;
        Width = rows.Columns;
        _metric = metric;
        _columns = Transpose(rows);

        // Turned twice, the columns of every row are in order.
        _rows = metric == SparseMetric.Manhattan ? Transpose(_columns) : rows;
        _norms = new double[rows.Rows];
        for (var i = 0; i < rows.Rows; i++)
        {
            _norms[i] = Norm(rows.Values.AsSpan(rows.RowStarts[i]..rows.RowStarts[i + 1]));
        }
    }

    public override int Count { get; }

    public override int Width { get; }

    public override void Fill(ReadOnlySpan<double> query, Span<double> reduced)
    {
        if (_metric == SparseMetric.Manhattan)
        {
            FillManhattan(query, reduced);
            return;
        }

        reduced.Clear();
        for (var j = 0; j < query.Length; j++)
        {
            if (query[j] != 0)
            {
                AddColumn(query[j], j, reduced);
            }
        }

        var norm = Norm(query);
        for (var i = 0; i < reduced.Length; i++)
        {
            reduced[i] = _metric == SparseMetric.Cosine
                ? CosineMetric.Reduced(reduced[i], norm, _norms[i])
                : Math.Max(0, norm - (2 * reduced[i]) + _norms[i]);
        }
    }

    public override double ToDistance(double reduced) => _metric == SparseMetric.Euclidean ? Math.Sqrt(reduced) : reduced;

    public override double ToReduced(double distance) => _metric == SparseMetric.Euclidean ? distance * distance : distance;

    private void AddColumn(double value, int column, Span<double> sums)
    {
        for (var i = _columns.RowStarts[column]; i < _columns.RowStarts[column + 1]; i++)
        {
            sums[_columns.ColumnIndices[i]] += value * _columns.Values[i];
        }
    }

    // Column by column over what either row stores, so that sums are rounded as there.
    private void FillManhattan(ReadOnlySpan<double> query, Span<double> reduced)
    {
        var rented = ArrayPool<int>.Shared.Rent(query.Length);
        var count = 0;
        for (var j = 0; j < query.Length; j++)
        {
            if (query[j] != 0)
            {
                rented[count++] = j;
            }
        }

        var stored = rented.AsSpan(0, count);
        for (var i = 0; i < reduced.Length; i++)
        {
            reduced[i] = Manhattan(query, stored, _rows.RowStarts[i], _rows.RowStarts[i + 1]);
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    private double Manhattan(ReadOnlySpan<double> query, ReadOnlySpan<int> stored, int place, int end)
    {
        var sum = 0.0;
        foreach (var column in stored)
        {
            for (; place < end && _rows.ColumnIndices[place] < column; place++)
            {
                sum += Math.Abs(_rows.Values[place]);
            }

            var isShared = place < end && _rows.ColumnIndices[place] == column;
            sum += Math.Abs(isShared ? query[column] - _rows.Values[place++] : query[column]);
        }

        for (; place < end; place++)
        {
            sum += Math.Abs(_rows.Values[place]);
        }

        return sum;
    }

    private double Norm(ReadOnlySpan<double> row)
    {
        if (_metric == SparseMetric.Cosine)
        {
            return CosineMetric.Norm(row);
        }

        var sum = 0.0;
        foreach (var value in row)
        {
            sum += value * value;
        }

        return sum;
    }

    private static Csr Transpose(Csr rows)
    {
        var starts = new int[rows.Columns + 1];
        foreach (var column in rows.ColumnIndices)
        {
            starts[column + 1]++;
        }

        for (var j = 0; j < rows.Columns; j++)
        {
            starts[j + 1] += starts[j];
        }

        var next = starts[..^1];
        var indices = new int[rows.ColumnIndices.Length];
        var values = new double[indices.Length];
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var i = rows.RowStarts[row]; i < rows.RowStarts[row + 1]; i++)
            {
                var place = next[rows.ColumnIndices[i]]++;
                indices[place] = row;
                values[place] = rows.Values[i];
            }
        }

        return new Csr(rows.Columns, rows.Rows, starts, indices, values);
    }
}

/// <summary>The metrics of sparse rows.</summary>
internal enum SparseMetric
{
    Euclidean,
    Cosine,
    Manhattan,
}
