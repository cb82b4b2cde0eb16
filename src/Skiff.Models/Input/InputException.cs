namespace Skiff.Models;

/// <summary>Why an input was refused; protocols map it to a status.</summary>
public enum InputErrorKind
{
    /// <summary>A value, a column or a count does not fit the model.</summary>
    Value,

    /// <summary>A function or a pattern of the model ran past its budget on this input, or raised.</summary>
    Function,
}

/// <summary>The model refuses what the caller sent. The message is for the caller and names row and column where there are such.</summary>
/// <param name="kind">Why.</param>
/// <param name="message">What is wrong and what would be right.</param>
/// <param name="row">The row, from 0, or -1.</param>
/// <param name="column">The column's name, or null.</param>
/// <param name="inner">What was found underneath, if anything.</param>
public sealed class InputException(InputErrorKind kind, string message, int row = -1, string? column = null, Exception? inner = null)
    : Exception(message, inner)
{
    private readonly string? _what;

    private InputException(string what, int row, int columnIndex, string? column)
        : this(InputErrorKind.Value, column is null ? $"row {row}, column {columnIndex}: {what}" : $"column '{column}', row {row}: {what}", row, column)
    {
        _what = what;
        ColumnIndex = columnIndex;
    }

    /// <summary>
    /// The column, by its place in the input of whoever refused it, or -1. What feeds that one moves it (<see cref="MoveTo"/>), so that in the end
    /// it is the caller's own column.
    /// </summary>
    public int ColumnIndex { get; } = -1;

    /// <summary>Why.</summary>
    public InputErrorKind Kind { get; } = kind;

    /// <summary>The row, from 0, or -1.</summary>
    public int Row { get; } = row;

    /// <summary>The column's name, or null.</summary>
    public string? Column { get; } = column;

    /// <summary>Refuses a cell.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <param name="what">What is wrong and what would be right.</param>
    public static InputException AtCell(int row, int column, string what) => new(what, row, column, null);

    /// <summary>The same refusal of a row that has another number to the caller, who sent the rows in several tables.</summary>
    /// <param name="row">The row there, from 0.</param>
    public InputException MoveToRow(int row)
    {
        if (Row < 0)
        {
            return this;
        }

        if (_what is not null)
        {
            return new InputException(_what, row, ColumnIndex, Column);
        }

        // Every message about a row starts with it, or with the column and it.
        var start = Column is null ? $"row {Row}" : $"column '{Column}', row {Row}";
        var moved = Column is null ? $"row {row}" : $"column '{Column}', row {row}";
        return new InputException(Kind, Message.StartsWith(start, StringComparison.Ordinal) ? moved + Message[start.Length..] : Message, row, Column, this);
    }

    /// <summary>The same refusal, seen from where the cell is another column: one with a <see cref="ColumnIndex"/> only.</summary>
    /// <param name="column">The column there, from 0; -1 where the cell is none of its columns.</param>
    /// <param name="name">The column's name there, or null.</param>
    /// <param name="feeds">What takes the column that it is none of: <c>LogisticRegression</c>.</param>
    public InputException MoveTo(int column, string? name = null, string? feeds = null) => column >= 0
        ? new InputException(_what!, Row, column, name)
        : new InputException(Kind, $"row {Row}, column {ColumnIndex} of what {feeds} is fed with: {_what}", Row);
}
