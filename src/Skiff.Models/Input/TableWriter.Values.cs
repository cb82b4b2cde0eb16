using System.Globalization;
using Skiff.Numerics;

namespace Skiff.Models;

/// <content>Cells and rows as programs and text files have them: each becomes one of the kinds that the rest of the writer judges.</content>
public sealed partial class TableWriter
{
    private readonly ByteBuffer _utf8 = new();

    /// <summary>Writes a whole row of numbers by position.</summary>
    /// <param name="row">As many as the model takes columns; NaN where one is missing.</param>
    /// <exception cref="InputException">There are more or fewer, or the model takes text in one of the columns.</exception>
    public void WriteRow(ReadOnlySpan<double> row)
    {
        BeginRow();
        if (RowOfNumbers is { IsEmpty: false } cells && row.Length == cells.Length)
        {
            row.CopyTo(cells);
            _row++;
            return;
        }

        foreach (var value in row)
        {
            SetNumber(NextColumn(), value);
        }

        EndRow();
    }

    /// <summary>Sets a cell to a text.</summary>
    /// <param name="column">The column.</param>
    /// <param name="text">The text; a lone surrogate stays one, as in Python.</param>
    public void SetText(int column, ReadOnlySpan<char> text) => SetText(column, Encode(text));

    /// <summary>
    /// Sets a cell to what a text file holds in its place. In a number column that is a number as Python's <c>float</c> reads it, or <c>true</c> or
    /// <c>false</c> in any case; nothing is a missing value. In a text column it is the text as it stands; nothing is a missing value in a frame.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="field">What the file holds, without the quotes around it.</param>
    public void SetFromText(int column, ReadOnlySpan<char> field)
    {
        if (IsText(column))
        {
            if (field.IsEmpty && _plan.Input.Form != InputForm.Text)
            {
                SetMissing(column);
            }
            else
            {
                SetText(column, field);
            }

            return;
        }

        if (!IsUsed(column))
        {
            return;
        }

        var trimmed = field.Trim();
        var utf8 = Encode(trimmed);
        if (utf8.IsEmpty)
        {
            SetMissing(column);
        }
        else if (PyFloat.TryParse(utf8, out var number))
        {
            SetNumber(column, number);
        }
        else if (trimmed.Equals("true", StringComparison.OrdinalIgnoreCase) || trimmed.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            SetBoolean(column, trimmed.Length == 4);
        }
        else
        {
            throw Refuse(column, $"{Quoted.Text(utf8)} is no number; leave the cell empty where the value is missing");
        }
    }

    /// <summary>
    /// Sets a cell to a value of a program: a number of any .NET type, a boolean, a text, or null for a missing value. Dates, enumerations and nested
    /// objects are refused: what the training data held in their place is for the caller to say.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="InputException">It is none of these, or not what the column takes.</exception>
    public void SetValue(int column, object? value)
    {
        switch (value)
        {
            case null or DBNull:
                SetMissing(column);
                break;
            case double number:
                SetNumber(column, number);
                break;
            case string text:
                SetText(column, text.AsSpan());
                break;
            case bool flag:
                SetBoolean(column, flag);
                break;
            case float or Half or decimal or sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or System.Numerics.BigInteger:
                SetNumber(column, ToDouble(value));
                break;
            case char letter:
                SetText(column, [letter]);
                break;
            default:
                if (IsUsed(column))
                {
                    throw Refuse(column, Unsuitable(value, TakesJson(column)));
                }

                break;
        }
    }

    private static double ToDouble(object number) => number switch
    {
        Half half => (double)half,
        Int128 wide => (double)wide,
        UInt128 wide => (double)wide,
        System.Numerics.BigInteger big => (double)big,
        _ => ((IConvertible)number).ToDouble(CultureInfo.InvariantCulture),
    };

    private static string Unsuitable(object value, bool takesJson) => value switch
    {
        DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => "a date or a time was given; give the number or the text that the training data held in its place",
        Enum => "an enumeration was given; give its number or its name",
        System.Collections.IEnumerable when takesJson => "a list or an object was given; give it as a string of JSON",
        System.Collections.IEnumerable => "a list or an object was given where the model takes one value",
        _ => $"a {value.GetType().Name} was given; a number, a boolean, a text or null can be",
    };

    private bool IsText(int column) => _plan.NumberColumns >= 0 && _plan.Columns[column] is { Kind: ColumnKind.Text, Block: >= 0 };

    private ReadOnlySpan<byte> Encode(ReadOnlySpan<char> text)
    {
        _utf8.Clear();
        _utf8.Trim(1 << 20);
        Utf8.Append(text, _utf8);
        return _utf8.Written;
    }
}
