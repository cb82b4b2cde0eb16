using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>Fitted rows and a kernel: support vectors, and all else that is compared with every row by a kernel.</summary>
internal abstract class KernelRows
{
    /// <summary>How many there are.</summary>
    public abstract int Count { get; }

    /// <summary>Columns a row must have.</summary>
    public abstract int Width { get; }

    /// <summary>Whether rows may be sparse.</summary>
    public abstract bool TakesSparse { get; }

    /// <summary>How much work a row is, for <see cref="Scratch.Step"/>.</summary>
    public virtual long Work => (long)Count * Width;

    /// <summary>The kernel's value for every fitted row.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="row">Which of them.</param>
    /// <param name="values">One a fitted row.</param>
    public abstract void Fill(Block x, int row, Span<double> values);
}

/// <summary>Fitted rows without zeros left out.</summary>
internal sealed class DenseKernelRows : KernelRows
{
    private readonly DistanceTable _table;
    private readonly KernelFunction _function;

    public DenseKernelRows(Matrix rows, KernelFunction function)
    {
        _function = function;
        _table = function.Measure switch
        {
            KernelMeasure.SquaredDistance => new LaneTable<SquareStep>(rows, new SquaredEuclideanMetric()),
            KernelMeasure.AbsoluteDistance => new LaneTable<AbsoluteStep>(rows, new SquaredEuclideanMetric()),
            KernelMeasure.ChiSquare => new LaneTable<ChiSquareStep>(rows, new SquaredEuclideanMetric()),
            _ => new LaneTable<ProductStep>(rows, new SquaredEuclideanMetric()),
        };
    }

    public override int Count => _table.Count;

    public override int Width => _table.Width;

    public override bool TakesSparse => false;

    public override void Fill(Block x, int row, Span<double> values)
    {
        _table.Fill(((DenseBlock)x).Row(row), values);
        _function.Apply(values);
    }
}

/// <summary>Sparse fitted rows, column by column: a row meets those that share a column with it. The kernel takes products or squared distances.</summary>
internal sealed class SparseKernelRows : KernelRows
{
    private readonly KernelFunction _function;
    private readonly int[] _starts;
    private readonly int[] _vectors;
    private readonly double[] _values;
    private readonly double[] _squares;

    public SparseKernelRows(Csr rows, KernelFunction function)
    {
        _function = function;
        Count = rows.Rows;
        Width = rows.Columns;
        _squares = new double[rows.Rows];
        _starts = new int[rows.Columns + 1];
        foreach (var column in rows.ColumnIndices)
        {
            _starts[column + 1]++;
        }

        for (var j = 0; j < rows.Columns; j++)
        {
            _starts[j + 1] += _starts[j];
        }

        var next = _starts[..^1];
        _vectors = new int[rows.Values.Length];
        _values = new double[rows.Values.Length];
        for (var i = 0; i < rows.Rows; i++)
        {
            for (var k = rows.RowStarts[i]; k < rows.RowStarts[i + 1]; k++)
            {
                var place = next[rows.ColumnIndices[k]]++;
                _vectors[place] = i;
                _values[place] = rows.Values[k];
                _squares[i] += rows.Values[k] * rows.Values[k];
            }
        }
    }

    public override int Count { get; }

    public override int Width { get; }

    public override bool TakesSparse => true;

    public override long Work => (long)Count + _values.Length;

    public override void Fill(Block x, int row, Span<double> values)
    {
        values.Clear();
        var square = 0.0;
        if (x is CsrBlock sparse)
        {
            var indices = sparse.Indices(row);
            var cells = sparse.Values(row);
            for (var i = 0; i < indices.Length; i++)
            {
                square += AddColumn(indices[i], cells[i], values);
            }
        }
        else
        {
            var cells = ((DenseBlock)x).Row(row);
            for (var j = 0; j < cells.Length; j++)
            {
                square += AddColumn(j, cells[j], values);
            }
        }

        if (_function.Measure == KernelMeasure.SquaredDistance)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = Math.Max(0, square - (2 * values[i]) + _squares[i]);
            }
        }

        _function.Apply(values);
    }

    private double AddColumn(int column, double cell, Span<double> products)
    {
        if (cell == 0)
        {
            return 0;
        }

        for (var i = _starts[column]; i < _starts[column + 1]; i++)
        {
            products[_vectors[i]] += cell * _values[i];
        }

        return cell * cell;
    }
}

/// <summary><c>precomputed</c>: the row holds the kernel's values for every row of the training data.</summary>
internal sealed class PrecomputedKernel(int[] support, int width) : KernelRows
{
    public override int Count => support.Length;

    public override int Width => width;

    public override bool TakesSparse => false;

    public override long Work => Count;

    public override void Fill(Block x, int row, Span<double> values)
    {
        var cells = ((DenseBlock)x).Row(row);
        for (var i = 0; i < support.Length; i++)
        {
            values[i] = cells[support[i]];
        }
    }
}
