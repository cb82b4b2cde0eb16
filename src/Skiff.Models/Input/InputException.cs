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
    /// <summary>Why.</summary>
    public InputErrorKind Kind { get; } = kind;

    /// <summary>The row, from 0, or -1.</summary>
    public int Row { get; } = row;

    /// <summary>The column's name, or null.</summary>
    public string? Column { get; } = column;
}
