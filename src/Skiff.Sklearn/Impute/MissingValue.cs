using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>
/// What an imputer takes for a missing value (<c>missing_values</c>): NaN, None or <c>pandas.NA</c>, which a caller sends as null, or a number or
/// a text that stands for one.
/// </summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/utils/_mask.py</c>, <c>_get_mask</c>; the same since 0.22.</remarks>
internal sealed class MissingValue
{
    private readonly double? _number;
    private readonly byte[]? _text;

    private MissingValue(double? number, byte[]? text)
    {
        _number = number;
        _text = text;
    }

    /// <summary>Whether a value that is not there counts, rather than one that stands for it.</summary>
    public bool IsAbsence => _number is null && _text is null;

    /// <summary>What it tells about the columns.</summary>
    public ColumnNeed Need => _text is not null ? ColumnNeed.Text : _number is not null ? ColumnNeed.Number : ColumnNeed.Any;

    /// <summary>Reads <c>missing_values</c>.</summary>
    public static MissingValue Read(EstimatorNode node)
    {
        var value = node.Required("missing_values");
        return value switch
        {
            string text => new MissingValue(null, Utf8.GetBytes(text)),
            null or PyGlobal { Name: "NA" } or PyInstance { Type.Name: "NAType" } => new MissingValue(null, null),
            _ when EstimatorNode.AsNumber(value) is { } number => new MissingValue(double.IsNaN(number) ? null : number, null),
            _ => throw node.Unexpected("missing_values", "NaN, None, a number or a text"),
        };
    }

    /// <summary>Whether a number counts as missing.</summary>
    public bool Is(double number) => _number is { } missing ? number == missing : IsAbsence && double.IsNaN(number);

    /// <summary>Whether a text counts as missing.</summary>
    public bool Is(TextBlock texts, int row) => texts.IsMissing(row) ? IsAbsence : _text is not null && texts.Text(row).SequenceEqual(_text);

    /// <summary>Refuses what scikit-learn's input checks refuse: infinities, and NaN where another value stands for a missing one.</summary>
    /// <exception cref="InputException">There is such a cell.</exception>
    public void Check(Block x, string estimator)
    {
        if (x is not FrameBlock)
        {
            Kernels.RequireFinite(x, estimator, allowNaN: IsAbsence);
            return;
        }

        for (var column = 0; column < x.Columns; column++)
        {
            CheckColumn(x.Column(column), column, x.Rows, estimator);
        }
    }

    private void CheckColumn(FrameColumn cells, int column, int rows, string estimator)
    {
        for (var row = 0; row < rows; row++)
        {
            var isAbsent = cells.Kind == ColumnKind.Text ? cells.Texts.IsMissing(row) : double.IsNaN(cells.Number(row));
            if (isAbsent && !IsAbsence)
            {
                throw InputException.AtCell(row, column, $"{estimator} does not accept missing values (NaN) beside the value that stands for them");
            }

            if (cells.Kind == ColumnKind.Number && double.IsInfinity(cells.Number(row)))
            {
                throw InputException.AtCell(row, column, $"{estimator} does not accept infinite values");
            }
        }
    }
}
