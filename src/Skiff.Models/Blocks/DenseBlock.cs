namespace Skiff.Models;

/// <summary>Numbers, row by row. A block may be a view on some columns of a wider one, so that several can be written side by side.</summary>
public sealed class DenseBlock : Block
{
    private double[] _values = [];
    private int _offset;
    private bool _isView;

    /// <inheritdoc/>
    public override BlockKind Kind => BlockKind.Dense;

    /// <summary>Doubles from one row to the next.</summary>
    public int Stride { get; private set; }

    /// <summary>Whether the rows lie one behind the other without a gap.</summary>
    public bool IsContiguous => Stride == Columns;

    /// <summary>All cells of a contiguous block.</summary>
    public Span<double> Values => _values.AsSpan(_offset, Rows * Columns);

    /// <summary>The cells of a row.</summary>
    public Span<double> Row(int row) => _values.AsSpan(_offset + (row * Stride), Columns);

    /// <summary>Gives the block a size; its cells are undefined.</summary>
    public void Reshape(int rows, int columns)
    {
        if (_isView)
        {
            _values = [];
            _isView = false;
        }

        var needed = checked(rows * columns);
        if (_values.Length < needed)
        {
            _values = new double[Math.Max(needed, 16)];
        }

        _offset = 0;
        Rows = rows;
        Columns = columns;
        Stride = columns;
    }

    /// <summary>Makes the block a view on <paramref name="columns"/> columns of another.</summary>
    public void View(DenseBlock other, int firstColumn, int columns)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstColumn + columns, other.Columns);
        _values = other._values;
        _offset = other._offset + firstColumn;
        _isView = true;
        Rows = other.Rows;
        Columns = columns;
        Stride = other.Stride;
    }

    /// <summary>Makes room for rows that will be appended, so that the block does not grow by and by.</summary>
    internal void Reserve(int rows)
    {
        var needed = checked(rows * Columns);
        if (_values.Length < needed)
        {
            Array.Resize(ref _values, needed);
        }
    }

    /// <summary>Appends a row and returns its cells, which are undefined. Views cannot grow.</summary>
    public Span<double> AppendRow()
    {
        var needed = checked((Rows + 1) * Columns);
        if (_values.Length < needed)
        {
            Array.Resize(ref _values, Math.Max(needed, checked(_values.Length * 2)));
        }

        return _values.AsSpan(Rows++ * Columns, Columns);
    }

    internal override void Trim(int maximumBytes)
    {
        if (_isView || _values.Length > maximumBytes / sizeof(double))
        {
            _values = [];
            _isView = false;
        }
    }
}
