using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>What becomes of one column: a row of numbers for every category, for a missing value, and for one that training did not see.</summary>
/// <param name="Name">The column, as <c>cols</c> names it.</param>
/// <param name="Names">The columns that it becomes.</param>
/// <param name="Table">The categories.</param>
/// <param name="Rows">The numbers of each category.</param>
/// <param name="Missing">The numbers of a missing value; null where it is refused.</param>
/// <param name="Unknown">The numbers of any other; null where it is refused.</param>
internal sealed record EncodedColumn(object Name, object[] Names, CategoryTable Table, double[][] Rows, double[]? Missing, double[]? Unknown)
{
    /// <summary>The numbers of a cell.</summary>
    /// <exception cref="InputException">It is refused.</exception>
    public double[] Find(in FrameColumn column, int row, int index)
    {
        var category = Table.Find(column, row);
        if (category >= 0)
        {
            return Rows[category];
        }

        var isMissing = column.Kind == ColumnKind.Text ? column.Texts.IsMissing(row) : double.IsNaN(column.Number(row));
        return (isMissing ? Missing : Unknown) ?? throw Table.Refuse(column, row, index);
    }

    /// <summary>Makes one from what is kept by category; a missing value's numbers may stand among them.</summary>
    /// <param name="node">The encoder.</param>
    /// <param name="name">The column.</param>
    /// <param name="names">The columns that it becomes.</param>
    /// <param name="labels">The categories.</param>
    /// <param name="rows">The numbers of each; null where a cell of it is refused.</param>
    /// <param name="missing">The numbers of a missing value that is no category.</param>
    /// <param name="unknown">The numbers of any other.</param>
    public static EncodedColumn Build(EstimatorNode node, object name, object[] names, object?[] labels, double[]?[] rows, double[]? missing, double[]? unknown)
    {
        var kept = new List<object?>();
        var keptRows = new List<double[]>();
        for (var i = 0; i < labels.Length; i++)
        {
            if (IsMissing(labels[i]))
            {
                missing = rows[i];
            }
            else if (rows[i] is { } numbers)
            {
                kept.Add(labels[i]);
                keptRows.Add(numbers);
            }
        }

        return new EncodedColumn(name, names, CategoryTable.Read(node, new PyTuple([.. kept]), $"mapping[{name}]"), [.. keptRows], missing, unknown);
    }

    /// <summary>Whether a label is pandas' missing one.</summary>
    public static bool IsMissing(object? label) => label is null or PyGlobal { Name: "NA" } || label is double number && double.IsNaN(number);
}
