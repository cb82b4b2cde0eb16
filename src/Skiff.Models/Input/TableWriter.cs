using Skiff.Numerics;

namespace Skiff.Models;

/// <summary>
/// Writes rows into a <see cref="Table"/>, cell by cell, as a protocol's parser meets them: row by row between <see cref="BeginRow"/> and
/// <see cref="EndRow"/>, or column by column between <see cref="BeginColumns"/> and <see cref="EndColumns"/>. What a cell may be is decided here and nowhere else:
/// a number column takes numbers, booleans (1 and 0) and a missing value (NaN); a text column takes texts, and a missing value in a frame;
/// a column of JSON takes its text, which is for the model to judge;
/// a column that the model does not look at takes anything, or nothing when it is given by name.
/// </summary>
public sealed partial class TableWriter
{
    private InputPlan _plan = null!;
    private Block[] _blocks = [];
    private bool[] _isSet = [];
    private DenseBlock? _numbers;
    private Memory<double> _free;
    private int _row;
    private int _position;
    private int _rows;
    private bool _isByColumn;

    /// <summary>Rows ended so far.</summary>
    public int Rows => _row;

    internal void Begin(InputPlan plan, Scratch scratch)
    {
        _plan = plan;
        _row = 0;
        _isByColumn = false;
        _numbers = plan.NumberColumns == 0 ? null : scratch.Dense(0, Math.Max(plan.NumberColumns, 0));
        if (_blocks.Length != plan.BlockCount)
        {
            _blocks = new Block[plan.BlockCount];
        }

        if (_isSet.Length < plan.Columns.Length)
        {
            _isSet = new bool[plan.Columns.Length];
        }

        for (var i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = i == 0 && _numbers is not null ? _numbers : scratch.Text();
        }
    }

    /// <summary>Takes memory at once for rows that the caller has in hand; more may come.</summary>
    public void Expect(int rows) => _numbers?.Reserve(rows);

    /// <summary>Starts a row.</summary>
    public void BeginRow()
    {
        _position = 0;
        _isSet.AsSpan(0, _plan.Columns.Length).Clear();
        if (_plan.NumberColumns > 0)
        {
            // A column that is never set stays in no answer: EndRow refuses the row.
            _numbers!.AppendRow();
        }
    }

    /// <summary>The column that the next cell of a row given by position belongs to.</summary>
    /// <exception cref="InputException">The row has more cells than the model takes.</exception>
    public int NextColumn()
    {
        if (_plan.NumberColumns >= 0 && _position == _plan.Columns.Length)
        {
            throw new InputException(InputErrorKind.Value, $"row {_row} has more than the {_plan.Columns.Length} values that the model takes", _row);
        }

        return _position++;
    }

    /// <summary>The cells of the row that has begun, where a row is nothing but numbers that may be any; else empty.</summary>
    internal Span<double> RowOfNumbers =>
        _plan.NumberColumns > 0 && _plan.NumberColumns == _plan.Columns.Length && _plan.Types is null ? _numbers!.Row(_row) : default;

    /// <summary>The first cells of <see cref="RowOfNumbers"/> have been written by the caller.</summary>
    internal void TakeNumbers(int count)
    {
        _isSet.AsSpan(0, count).Fill(true);
        _position = count;
    }

    /// <summary>Starts rows that come column by column.</summary>
    /// <param name="rows">How many there are. Memory for them is taken now: the caller has seen that so many cells were sent.</param>
    /// <param name="freeWidth">How many columns there are, for a matrix whose width the model does not fix; else ignored.</param>
    public void BeginColumns(int rows, int freeWidth = 0)
    {
        _isByColumn = true;
        _rows = rows;
        _isSet.AsSpan(0, _plan.Columns.Length).Clear();
        _numbers?.Reshape(rows, _plan.NumberColumns < 0 ? freeWidth : _plan.NumberColumns);
    }

    /// <summary>Starts a column.</summary>
    /// <exception cref="InputException">It was given already.</exception>
    public void BeginColumn(int column)
    {
        if (_plan.NumberColumns < 0)
        {
            return;
        }

        _row = 0;
        if (_isSet[column])
        {
            throw new InputException(InputErrorKind.Value, $"column '{NameOf(column)}' was given twice", -1, NameOf(column));
        }

        _isSet[column] = true;
    }

    /// <summary>Goes to the row whose cells are set next. Rows of a text column come one after the other.</summary>
    public void MoveTo(int row) => _row = row;

    /// <summary>Ends rows that came column by column.</summary>
    /// <exception cref="InputException">A column has no values.</exception>
    public void EndColumns()
    {
        _row = 0;
        var missing = _plan.NumberColumns < 0 ? -1 : FirstUnset();
        if (missing >= 0)
        {
            throw new InputException(InputErrorKind.Value, $"column '{NameOf(missing)}' is missing", -1, NameOf(missing));
        }

        _row = _rows;
    }

    /// <summary>Whether the model looks at a column.</summary>
    public bool IsUsed(int column) => _plan.NumberColumns < 0 || _plan.Columns[column].Block >= 0;

    /// <summary>Whether a column holds lists or objects: what stands in a cell is then set as a text, as it is.</summary>
    public bool TakesJson(int column) => _plan.TakesJson is { } takes && takes[column];

    /// <summary>Sets a cell to a number.</summary>
    public void SetNumber(int column, double value)
    {
        if (_plan.NumberColumns < 0)
        {
            SetFree(column, value);
            return;
        }

        var place = _plan.Columns[column];
        if (place.Block < 0)
        {
            return;
        }

        if (place.Kind != ColumnKind.Number)
        {
            throw Refuse(column, $"a number was given where the model takes {TextWord(column)}; send it as a string{(TakesJson(column) ? " of JSON" : string.Empty)}");
        }

        _numbers!.Row(_row)[place.Offset] = _plan.Types is null ? value : Checked(column, value);
        _isSet[column] = true;
    }

    /// <summary>Sets a cell to a boolean: 1 or 0 for a number column, as numpy converts it.</summary>
    public void SetBoolean(int column, bool value)
    {
        if (_plan.NumberColumns >= 0 && _plan.Columns[column] is { Kind: ColumnKind.Text, Block: >= 0 })
        {
            throw Refuse(column, $"a boolean was given where the model takes {TextWord(column)}; send it as a string{(TakesJson(column) ? " of JSON" : string.Empty)}");
        }

        SetNumber(column, value ? 1 : 0);
    }

    /// <summary>Sets a cell to a text.</summary>
    /// <param name="column">The column.</param>
    /// <param name="utf8">The text: well-formed UTF-8, lone surrogates as three bytes.</param>
    public void SetText(int column, ReadOnlySpan<byte> utf8)
    {
        if (!IsUsed(column))
        {
            return;
        }

        if (_plan.NumberColumns < 0 || _plan.Columns[column].Kind != ColumnKind.Text)
        {
            SetNumber(column, NumberName(utf8, column));
            return;
        }

        TextForRow(column).Append(utf8);
    }

    /// <summary>Sets a cell to a missing value: NaN for a number, None for a text.</summary>
    public void SetMissing(int column)
    {
        if (_plan.NumberColumns < 0 || _plan.Columns[column].Kind == ColumnKind.Number)
        {
            SetNumber(column, double.NaN);
            return;
        }

        if (!IsUsed(column))
        {
            return;
        }

        if (_plan.Input.IsOneText)
        {
            throw Refuse(column, $"null was given where the model takes {TextWord(column)}");
        }

        TextForRow(column).AppendMissing();
    }

    /// <summary>Ends a row.</summary>
    /// <exception cref="InputException">A column has no value.</exception>
    public void EndRow()
    {
        if (_plan.NumberColumns < 0)
        {
            EndFreeRow();
            return;
        }

        if (_position > 0 && _position != _plan.Columns.Length)
        {
            throw WrongCount();
        }

        var missing = FirstUnset();
        if (missing >= 0)
        {
            throw _plan.Input.Form == InputForm.Matrix && !_plan.Input.HasNames ? WrongCount() : Refuse(missing, "no value was given");
        }

        _row++;
    }

    /// <summary>The table of the rows written. Valid until the scratch memory is reset or another table is begun on it.</summary>
    public Table End() => new(_row, _plan.Columns, _blocks);

    private int FirstUnset()
    {
        for (var column = 0; column < _plan.Columns.Length; column++)
        {
            if (_isSet[column] || _plan.Columns[column].Block < 0)
            {
                continue;
            }

            if (!_plan.Input.Columns[column].IsOptional)
            {
                return column;
            }

            LeaveOut(column);
        }

        return -1;
    }

    // Of a row, or of all rows that come column by column.
    private void LeaveOut(int column)
    {
        var row = _row;
        for (_row = _isByColumn ? 0 : row; _row < (_isByColumn ? _rows : row + 1); _row++)
        {
            SetMissing(column);
        }

        _row = row;
    }

    // A number of a column whose type is declared. Nothing is made to fit that would lose more than float32's rounding.
    private double Checked(int column, double value)
    {
        var (word, lowest, highest) = _plan.Types![column] switch
        {
            ColumnType.Boolean => ("boolean", 0d, 1d),
            ColumnType.Int32 => ("integer", int.MinValue, int.MaxValue),
            ColumnType.Int64 => ("long", long.MinValue, long.MaxValue),
            _ => (null, 0d, 0d),
        };
        if (word is null)
        {
            return _plan.Types[column] == ColumnType.Float32 ? (float)value : value;
        }

        if (double.IsNaN(value))
        {
            return _plan.Input.Columns[column].IsOptional ? value : throw Refuse(column, $"no value was given where the signature says {word}, which cannot be missing");
        }

        return value >= lowest && value <= highest && value == Math.Truncate(value)
            ? value
            : throw Refuse(column, $"{PyFloat.Format(value)} was given where the signature says {word}");
    }

    private TextBlock TextForRow(int column)
    {
        var block = (TextBlock)_blocks[_plan.Columns[column].Block];
        if (_isSet[column] && !_isByColumn)
        {
            block.RemoveLast();
        }

        _isSet[column] = true;
        return block;
    }

    private void SetFree(int column, double value)
    {
        if (_isByColumn)
        {
            _numbers!.Row(_row)[column] = value;
            return;
        }

        if (column >= _free.Length)
        {
            var grown = new double[Math.Max(16, column * 2)];
            _free.CopyTo(grown);
            _free = grown;
        }

        _free.Span[column] = value;
    }

    private void EndFreeRow()
    {
        if (_row == 0)
        {
            _numbers!.Reshape(0, _position);
        }

        if (_position != _numbers!.Columns)
        {
            throw new InputException(InputErrorKind.Value, $"row {_row} has {_position} values, the rows before it have {_numbers.Columns}", _row);
        }

        _free.Span[.._position].CopyTo(_numbers.AppendRow());
        _row++;
    }

    // The words that JSON lacks numbers for.
    private double NumberName(ReadOnlySpan<byte> utf8, int column)
    {
        if (utf8.SequenceEqual("NaN"u8))
        {
            return double.NaN;
        }

        if (utf8.SequenceEqual("Infinity"u8))
        {
            return double.PositiveInfinity;
        }

        return utf8.SequenceEqual("-Infinity"u8)
            ? double.NegativeInfinity
            : throw Refuse(column, $"the text {Quoted.Text(utf8)} was given where the model takes a number");
    }

    private string TextWord(int column) => TakesJson(column) ? "a list or an object" : "text";

    private InputException WrongCount() => new(
        InputErrorKind.Value, $"row {_row} has {_position} values, the model takes {_plan.Columns.Length}", _row);

    /// <summary>Refuses a cell of the row that is being written, for a parser that meets what no cell can be.</summary>
    /// <param name="column">The column.</param>
    /// <param name="what">What is wrong and what would be right.</param>
    public InputException Refuse(int column, string what)
    {
        var name = NameOf(column);
        return new InputException(InputErrorKind.Value, $"column '{name}', row {_row}: {what}", _row, name);
    }

    private string NameOf(int column) => column < _plan.Input.Columns.Count ? _plan.Input.Columns[column].Name : $"x{column}";
}
