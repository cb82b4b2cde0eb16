namespace Skiff.Models;

/// <summary>A column of a <see cref="FrameBlock"/>: where its cells really are.</summary>
/// <param name="Source">A <see cref="DenseBlock"/>, or a <see cref="TextBlock"/>.</param>
/// <param name="Offset">The column within it.</param>
public readonly record struct FrameColumn(Block Source, int Offset)
{
    /// <summary>What its cells are.</summary>
    public ColumnKind Kind => Source.Kind == BlockKind.Text ? ColumnKind.Text : ColumnKind.Number;

    /// <summary>The cells, if they are texts.</summary>
    public TextBlock Texts => (TextBlock)Source;

    /// <summary>The number of a row, if the cells are numbers; NaN where it is missing.</summary>
    public double Number(int row) => ((DenseBlock)Source).Row(row)[Offset];
}

/// <summary>
/// Columns of several kinds side by side. It owns no cells: each column is one of another block, so that choosing columns copies nothing.
/// At least one column holds texts; where all are numbers a <see cref="DenseBlock"/> takes its place.
/// </summary>
public sealed class FrameBlock : Block
{
    private FrameColumn[] _columns = new FrameColumn[8];

    /// <inheritdoc/>
    public override BlockKind Kind => BlockKind.Frame;

    /// <summary>A column.</summary>
    public FrameColumn this[int column] => _columns.AsSpan(0, Columns)[column];

    /// <summary>Takes all columns away and gives the block a height.</summary>
    public void Clear(int rows)
    {
        Rows = rows;
        Columns = 0;
    }

    /// <summary>Adds a column.</summary>
    public void Add(FrameColumn column)
    {
        if (Columns == _columns.Length)
        {
            Array.Resize(ref _columns, _columns.Length * 2);
        }

        _columns[Columns++] = column;
    }

    internal override void Trim(int maximumBytes)
    {
        // The cells belong to other blocks: what stayed here would only keep them alive.
        Array.Clear(_columns, 0, Columns);
        Columns = 0;
    }
}
