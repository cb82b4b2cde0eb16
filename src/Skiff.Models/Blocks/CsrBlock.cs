namespace Skiff.Models;

/// <summary>Numbers, most of them zero: compressed sparse rows that are appended one after the other.</summary>
public sealed class CsrBlock : Block
{
    private int[] _rowStarts = new int[16];
    private int[] _indices = new int[64];
    private double[] _values = new double[64];

    /// <inheritdoc/>
    public override BlockKind Kind => BlockKind.Csr;

    /// <summary>How many cells are stored.</summary>
    public int Count { get; private set; }

    /// <summary>Empties the block and gives it a width.</summary>
    public void Reshape(int columns)
    {
        Rows = 0;
        Columns = columns;
        Count = 0;
        _rowStarts[0] = 0;
    }

    /// <summary>The columns of a row's stored cells.</summary>
    public ReadOnlySpan<int> Indices(int row) => _indices.AsSpan(_rowStarts[row], _rowStarts[row + 1] - _rowStarts[row]);

    /// <summary>The values of a row's stored cells.</summary>
    public Span<double> Values(int row) => _values.AsSpan(_rowStarts[row], _rowStarts[row + 1] - _rowStarts[row]);

    /// <summary>Appends a cell to the row that is being written.</summary>
    public void Append(int column, double value)
    {
        if (Count == _indices.Length)
        {
            Grow(1);
        }

        _indices[Count] = column;
        _values[Count++] = value;
    }

    /// <summary>Appends <paramref name="count"/> cells to the row that is being written, for the caller to fill.</summary>
    public void AppendCells(int count, out Span<int> columns, out Span<double> values)
    {
        if (_indices.Length - Count < count)
        {
            Grow(count);
        }

        columns = _indices.AsSpan(Count, count);
        values = _values.AsSpan(Count, count);
        Count += count;
    }

    /// <summary>Ends the row that is being written.</summary>
    public void EndRow()
    {
        if (++Rows == _rowStarts.Length)
        {
            Array.Resize(ref _rowStarts, checked(_rowStarts.Length * 2));
        }

        _rowStarts[Rows] = Count;
    }

    internal override void Trim(int maximumBytes)
    {
        if (_values.Length > maximumBytes / sizeof(double))
        {
            _indices = new int[64];
            _values = new double[64];
        }

        if (_rowStarts.Length > maximumBytes / sizeof(int))
        {
            _rowStarts = new int[16];
        }
    }

    private void Grow(int more)
    {
        var capacity = Math.Max(checked(_indices.Length * 2), checked(Count + more));
        Array.Resize(ref _indices, capacity);
        Array.Resize(ref _values, capacity);
    }
}
