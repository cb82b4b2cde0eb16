using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The categories of a booster that was trained on a data frame: cells are given as what they are called, and become the codes that trees split by.</summary>
/// <remarks>
/// xgboost 3.3, <c>src/encoder/ordinal.h</c>, <c>Recode</c>: a category that is not among those of the training data is refused. lightgbm 4.6,
/// <c>python-package/lightgbm/basic.py</c>, <c>_data_from_pandas</c>: it is missing.
/// </remarks>
internal sealed class BoosterCategories
{
    private readonly CategoryTable?[] _tables;
    private readonly bool _strangersAreMissing;

    private BoosterCategories(CategoryTable?[] tables, bool strangersAreMissing)
    {
        _tables = tables;
        _strangersAreMissing = strangersAreMissing;
        HasTexts = tables.Any(table => table?.Need == ColumnNeed.Text);
    }

    /// <summary>Whether those of a column are texts.</summary>
    public bool HasTexts { get; }

    /// <summary>Takes the categories of a model; null where no column has any.</summary>
    /// <param name="node">The booster.</param>
    /// <param name="categories">Those of each column, empty where it has none.</param>
    /// <param name="features">How many columns there are.</param>
    /// <param name="strangersAreMissing">Whether a category that is none of them is missing, and not refused.</param>
    /// <exception cref="PayloadException">There are those of more or fewer columns.</exception>
    public static BoosterCategories? Build(EstimatorNode node, IReadOnlyList<object?[]> categories, int features, bool strangersAreMissing = false)
    {
        if (categories.All(column => column.Length == 0))
        {
            return null;
        }

        return categories.Count == features
            ? new BoosterCategories(
                [.. categories.Select((column, i) => column.Length == 0 ? null : CategoryTable.Read(node, new PyTuple(column), $"categories[{i}]"))], strangersAreMissing)
            : throw new PayloadException($"there are the categories of {categories.Count} columns; there are {features} columns");
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

    private double CodeOf(CategoryTable table, in FrameColumn column, int row, int index)
    {
        var code = table.Find(column, row);
        if (code >= 0)
        {
            return code;
        }

        var isMissing = _strangersAreMissing || (column.Kind == ColumnKind.Text ? column.Texts.IsMissing(row) : double.IsNaN(column.Number(row)));
        return isMissing ? double.NaN : throw table.Refuse(column, row, index);
    }
}
