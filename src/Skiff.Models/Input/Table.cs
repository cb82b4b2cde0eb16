namespace Skiff.Models;

/// <summary>Where a column's cells are: which block of a <see cref="Table"/>, and which column of that block.</summary>
/// <param name="Kind">What the column holds.</param>
/// <param name="Block">The block's index; -1 for a column that the model does not look at, which is kept nowhere.</param>
/// <param name="Offset">The column within the block.</param>
public readonly record struct TableColumn(ColumnKind Kind, int Block, int Offset);

/// <summary>Rows of input: numbers side by side in one dense block, each text column in a block of its own.</summary>
/// <param name="rows">Rows.</param>
/// <param name="columns">Where each column is; shared by all tables of a model. Empty for a matrix of free width, which is block 0.</param>
/// <param name="blocks">The blocks.</param>
public readonly struct Table(int rows, TableColumn[] columns, Block[] blocks)
{
    /// <summary>Rows.</summary>
    public int Rows { get; } = rows;

    /// <summary>Where each column is.</summary>
    public ReadOnlySpan<TableColumn> Columns => columns;

    /// <summary>The blocks.</summary>
    public ReadOnlySpan<Block> Blocks => blocks;
}
