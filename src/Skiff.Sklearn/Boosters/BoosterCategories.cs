using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The categories of a booster that was trained on a data frame: cells are given as what they are called, and become the codes that trees split by.</summary>
/// <remarks>xgboost 3.3, <c>src/encoder/ordinal.h</c>, <c>Recode</c>: a category that is not among those of the training data is refused.</remarks>
internal sealed class BoosterCategories
{
    private readonly CategoryTable?[] _tables;

    private BoosterCategories(CategoryTable?[] tables)
    {
        _tables = tables;
        HasTexts = tables.Any(table => table?.Need == ColumnNeed.Text);
    }

    /// <summary>Whether those of a column are texts.</summary>
    public bool HasTexts { get; }

    /// <summary>Takes the categories of a model; null where no column has any.</summary>
    /// <exception cref="PayloadException">There are those of more or fewer columns.</exception>
    public static BoosterCategories? Build(EstimatorNode node, BoosterModel model)
    {
        if (model.Categories.All(categories => categories.Length == 0))
        {
            return null;
        }

        return model.Categories.Count == model.Features
            ? new BoosterCategories([.. model.Categories.Select((categories, i) => categories.Length == 0 ? null : CategoryTable.Read(node, new PyTuple(categories), $"categories[{i}]"))])
            : throw new PayloadException($"there are the categories of {model.Categories.Count} columns; there are {model.Features} columns");
    }

    /// <summary>What is made of a column.</summary>
    public ColumnNeed Need(int column) => (uint)column < (uint)_tables.Length && _tables[column] is { } table ? table.Need : ColumnNeed.Number;

    /// <summary>The rows with codes for categories. Sparse rows hold codes already.</summary>
    /// <exception cref="InputException">A cell is none of the categories.</exception>
    public Block Encode(Block x, string estimator, Scratch scratch)
    {
        if (x is CsrBlock)
        {
            return x;
        }

        Columns.RequireWidth(x, _tables.Length, estimator);
        var y = scratch.Dense(x.Rows, x.Columns);
        for (var i = 0; i < _tables.Length; i++)
        {
            var column = x.Column(i);
            if (_tables[i] is null && column.Kind == ColumnKind.Text)
            {
                throw new InputException(InputErrorKind.Value, $"{estimator} takes numbers in column {i} and is fed with texts");
            }

            for (var row = 0; row < x.Rows; row++)
            {
                y.Row(row)[i] = _tables[i] is { } table ? CodeOf(table, column, row, i) : column.Number(row);
            }
        }

        return y;
    }

    private static double CodeOf(CategoryTable table, in FrameColumn column, int row, int index)
    {
        var code = table.Find(column, row);
        if (code >= 0)
        {
            return code;
        }

        var isMissing = column.Kind == ColumnKind.Text ? column.Texts.IsMissing(row) : double.IsNaN(column.Number(row));
        return isMissing ? double.NaN : throw table.Refuse(column, row, index);
    }
}
