namespace Skiff.Models;

/// <summary>How the rows of a program become rows of a model: which value goes into which column. Bound to a model once, then used for any number of rows, from any thread.</summary>
/// <typeparam name="T">What a row is in the program: a record, a class, a tuple.</typeparam>
/// <remarks>Made by <see cref="InputPlan.Map"/>. No reflection: what a column holds is a function that the caller gives.</remarks>
public sealed class RowMap<T>
{
    private readonly RowCell<T>[] _cells;

    internal RowMap(RowCell<T>[] cells) => _cells = cells;

    /// <summary>Writes a row.</summary>
    /// <param name="writer">A table of the plan that the map is bound to.</param>
    /// <param name="row">The row.</param>
    /// <exception cref="InputException">A value is missing where the model takes a text.</exception>
    public void Write(TableWriter writer, T row)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.BeginRow();
        foreach (var cell in _cells)
        {
            cell.Write(writer, row);
        }

        writer.EndRow();
    }
}
