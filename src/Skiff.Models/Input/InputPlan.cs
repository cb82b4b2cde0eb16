using System.Collections.Frozen;
using Skiff.Numerics;

namespace Skiff.Models;

/// <summary>
/// How a model's input is laid out in a <see cref="Table"/>, bound once when the model is loaded. Every protocol writes through it, so that
/// a name, a count or a value is judged in one place.
/// </summary>
public sealed class InputPlan
{
    private readonly FrozenDictionary<byte[], int> _ordinals;

    /// <summary>Binds a plan to what a model takes.</summary>
    public InputPlan(ModelInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Input = input;
        Columns = new TableColumn[input.Columns.Count];
        var numbers = input.Columns.Count(c => c.IsUsed && c.Kind == ColumnKind.Number);
        NumberColumns = input.Form == InputForm.Matrix && input.Columns.Count == 0 ? -1 : numbers;
        var nextNumber = 0;
        var nextBlock = NumberColumns == 0 ? 0 : 1;
        for (var i = 0; i < Columns.Length; i++)
        {
            var kind = input.Columns[i].Kind;
            Columns[i] = !input.Columns[i].IsUsed ? new TableColumn(kind, -1, 0)
                : kind == ColumnKind.Number ? new TableColumn(kind, 0, nextNumber++)
                : new TableColumn(kind, nextBlock++, 0);
        }

        BlockCount = nextBlock;
        Types = input.Columns.Any(column => column.Type is ColumnType.Boolean or ColumnType.Int32 or ColumnType.Int64 or ColumnType.Float32) ? [.. input.Columns.Select(column => column.Type)] : null;
        TakesJson = input.Columns.Any(column => column.Type == ColumnType.Json) ? [.. input.Columns.Select(column => column.Type == ColumnType.Json)] : null;
        var names = new Dictionary<byte[], int>(Utf8Comparer.Instance);
        for (var i = 0; i < input.Columns.Count; i++)
        {
            names[Utf8.GetBytes(input.Columns[i].Name)] = i;
        }

        _ordinals = names.ToFrozenDictionary(Utf8Comparer.Instance);
    }

    /// <summary>What the model takes.</summary>
    public ModelInput Input { get; }

    /// <summary>How many of the columns that the model looks at are numbers; -1 for a matrix of free width.</summary>
    public int NumberColumns { get; }

    internal TableColumn[] Columns { get; }

    /// <summary>What each column's values must be; null where nothing is asked of any, which is the usual case.</summary>
    internal ColumnType[]? Types { get; }

    /// <summary>Which columns hold lists or objects; null where none does.</summary>
    internal bool[]? TakesJson { get; }

    internal int BlockCount { get; }

    /// <summary>The column of a name, or -1.</summary>
    /// <param name="name">The name as UTF-8.</param>
    public int Find(ReadOnlySpan<byte> name) =>
        _ordinals.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var ordinal) ? ordinal : -1;

    /// <summary>Says where the columns come from in the rows of a program, and checks that once for all rows.</summary>
    /// <typeparam name="T">What a row is in the program.</typeparam>
    /// <param name="columns">Maps each column that the model looks at, in any order.</param>
    /// <exception cref="InputException">A column is not mapped, is mapped twice, or to another kind of values than the model takes.</exception>
    public RowMap<T> Map<T>(Action<RowMapBuilder<T>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var builder = new RowMapBuilder<T>();
        columns(builder);
        return builder.Bind(this);
    }

    /// <summary>Starts a table of rows that come one after the other.</summary>
    public TableWriter Begin(Scratch scratch)
    {
        ArgumentNullException.ThrowIfNull(scratch);
        var writer = scratch.State<TableWriter>();
        writer.Begin(this, scratch);
        return writer;
    }
}
