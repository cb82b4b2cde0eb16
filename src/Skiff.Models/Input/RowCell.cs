namespace Skiff.Models;

/// <summary>Writes one cell of a row.</summary>
internal abstract class RowCell<T>(int column)
{
    protected int Column { get; } = column;

    public abstract void Write(TableWriter writer, T row);
}

/// <summary>Writes a number.</summary>
internal sealed class NumberCell<T>(int column, Func<T, double> read) : RowCell<T>(column)
{
    public override void Write(TableWriter writer, T row) => writer.SetNumber(Column, read(row));
}

/// <summary>Writes a text, or that it is missing.</summary>
internal sealed class TextCell<T>(int column, Func<T, string?> read) : RowCell<T>(column)
{
    public override void Write(TableWriter writer, T row)
    {
        if (read(row) is { } text)
        {
            writer.SetText(Column, text.AsSpan());
        }
        else
        {
            writer.SetMissing(Column);
        }
    }
}
