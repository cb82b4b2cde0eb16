using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The columns of a row that are set, each once. Reused from row to row.</summary>
internal sealed class ColumnSet
{
    private int[] _columns = new int[64];
    private int _count;

    /// <summary>Empties it.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a column, which may be there.</summary>
    public void Add(int column)
    {
        if (_count == _columns.Length)
        {
            Array.Resize(ref _columns, _count * 2);
        }

        _columns[_count++] = column;
    }

    /// <summary>Writes a row of ones and zeros.</summary>
    public void Write(Block y, int row)
    {
        var columns = _columns.AsSpan(0, _count);
        if (y is DenseBlock dense)
        {
            var cells = dense.Row(row);
            cells.Clear();
            foreach (var column in columns)
            {
                cells[column] = 1;
            }

            return;
        }

        var sparse = (CsrBlock)y;
        columns.Sort();
        for (var i = 0; i < columns.Length; i++)
        {
            if (i == 0 || columns[i] != columns[i - 1])
            {
                sparse.Append(columns[i], 1);
            }
        }

        sparse.EndRow();
    }

    /// <summary>Gives memory back after a large row.</summary>
    public void Trim(int maximumBytes)
    {
        if (_columns.Length > maximumBytes / sizeof(int))
        {
            _columns = new int[64];
        }
    }
}
