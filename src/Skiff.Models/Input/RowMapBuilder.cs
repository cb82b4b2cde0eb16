namespace Skiff.Models;

/// <summary>
/// Says column by column where a row's values come from. A function may give an integer of any size up to 64 bits, a number, a decimal, a boolean, a
/// text, or null where the value is missing. What fits none of these (a date, an enumeration) does not compile: turn it into what the training data held.
/// </summary>
/// <typeparam name="T">What a row is in the program.</typeparam>
/// <example>
/// <code>
/// map => map.Column("age", p => p.Age).Column("sex", p => p.Sex).Column("fare", p => p.Fare)
/// </code>
/// </example>
public sealed class RowMapBuilder<T>
{
    private readonly List<Entry> _entries = [];

    internal RowMapBuilder()
    {
    }

    /// <summary>A column of numbers.</summary>
    /// <param name="name">The column's name in the training data. A column that the model does not have is left aside, as in every request.</param>
    /// <param name="read">Reads it from a row; NaN is a missing value.</param>
    public RowMapBuilder<T> Column(string name, Func<T, double> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Add(name, isText: false, column => new NumberCell<T>(column, read));
    }

    /// <inheritdoc cref="Column(string, Func{T, double})"/>
    /// <param name="name">The column's name in the training data. A column that the model does not have is left aside, as in every request.</param>
    /// <param name="read">Reads it from a row; null is a missing value.</param>
    public RowMapBuilder<T> Column(string name, Func<T, double?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Add(name, isText: false, column => new NumberCell<T>(column, row => read(row) ?? double.NaN));
    }

    /// <inheritdoc cref="Column(string, Func{T, double})"/>
    public RowMapBuilder<T> Column(string name, Func<T, long> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Add(name, isText: false, column => new NumberCell<T>(column, row => read(row)));
    }

    /// <inheritdoc cref="Column(string, Func{T, double?})"/>
    public RowMapBuilder<T> Column(string name, Func<T, long?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Add(name, isText: false, column => new NumberCell<T>(column, row => read(row) ?? double.NaN));
    }

    /// <inheritdoc cref="Column(string, Func{T, double?})"/>
    public RowMapBuilder<T> Column(string name, Func<T, decimal?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Add(name, isText: false, column => new NumberCell<T>(column, row => (double?)read(row) ?? double.NaN));
    }

    /// <summary>A column of booleans, which are the numbers 1 and 0 to a model.</summary>
    /// <inheritdoc cref="Column(string, Func{T, double})"/>
    public RowMapBuilder<T> Column(string name, Func<T, bool> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Add(name, isText: false, column => new NumberCell<T>(column, row => read(row) ? 1 : 0));
    }

    /// <summary>A column of booleans, which are the numbers 1 and 0 to a model.</summary>
    /// <inheritdoc cref="Column(string, Func{T, double?})"/>
    public RowMapBuilder<T> Column(string name, Func<T, bool?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Add(name, isText: false, column => new NumberCell<T>(column, row => read(row) switch { true => 1, false => 0, null => double.NaN }));
    }

    /// <summary>A column of texts.</summary>
    /// <inheritdoc cref="Column(string, Func{T, double?})"/>
    public RowMapBuilder<T> Column(string name, Func<T, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Add(name, isText: true, column => new TextCell<T>(column, read));
    }

    // Everything that could go wrong with any row because of the map itself is found here.
    internal RowMap<T> Bind(InputPlan plan)
    {
        var columns = plan.Input.Columns;
        if (plan.NumberColumns < 0)
        {
            throw new InputException(InputErrorKind.Value, "the model does not say which columns it takes; give rows of numbers by position");
        }

        var cells = new RowCell<T>?[columns.Count];
        foreach (var entry in _entries)
        {
            var column = plan.Find(Numerics.Utf8.GetBytes(entry.Name));
            if (column < 0 || !columns[column].IsUsed)
            {
                continue;
            }

            if (entry.IsText != (columns[column].Kind == ColumnKind.Text))
            {
                throw new InputException(
                    InputErrorKind.Value,
                    $"column '{entry.Name}' takes {(entry.IsText ? "numbers, but is mapped to a text" : "texts, but is mapped to a number")}",
                    column: entry.Name);
            }

            if (cells[column] is not null)
            {
                throw new InputException(InputErrorKind.Value, $"column '{entry.Name}' is mapped twice", column: entry.Name);
            }

            cells[column] = entry.Make(column);
        }

        var missing = columns.Where((column, i) => column is { IsUsed: true, IsOptional: false } && cells[i] is null).Select(column => column.Name).ToList();
        return missing.Count == 0
            ? new RowMap<T>([.. cells.OfType<RowCell<T>>()])
            : throw new InputException(
                InputErrorKind.Value,
                $"the map lacks {(missing.Count == 1 ? "the column" : "the columns")} {string.Join(", ", missing.Take(20).Select(name => $"'{name}'"))}{(missing.Count > 20 ? ", ..." : string.Empty)}, which the model takes",
                column: missing[0]);
    }

    private RowMapBuilder<T> Add(string name, bool isText, Func<int, RowCell<T>> make)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _entries.Add(new Entry(name, isText, make));
        return this;
    }

    private sealed record Entry(string Name, bool IsText, Func<int, RowCell<T>> Make);
}
