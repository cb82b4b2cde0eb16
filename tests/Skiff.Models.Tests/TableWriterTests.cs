namespace Skiff.Models.Tests;

public sealed class TableWriterTests
{
    private static readonly ModelInput Frame = new(
        InputForm.Frame,
        [new InputColumn("city", ColumnKind.Text), new InputColumn("age", ColumnKind.Number), new InputColumn("job", ColumnKind.Text)],
        true);

    [Fact]
    public void Rows_ByPosition_FillTheBlocks()
    {
        var writer = new InputPlan(ModelInput.Matrix(2)).Begin(new Scratch());
        foreach (var (a, b) in new[] { (1d, 2d), (3d, double.NaN) })
        {
            writer.BeginRow();
            writer.SetNumber(writer.NextColumn(), a);
            writer.SetNumber(writer.NextColumn(), b);
            writer.EndRow();
        }

        var table = writer.End();
        Assert.Equal(2, table.Rows);
        Assert.Equal([1, 2, 3, double.NaN], ((DenseBlock)table.Blocks[0]).Values.ToArray());
    }

    [Fact]
    public void Columns_OneAfterTheOther_GiveTheSameTableAsRows()
    {
        var plan = new InputPlan(Frame);
        var byRow = plan.Begin(new Scratch());
        var byColumn = plan.Begin(new Scratch());
        var rows = new (string? City, double Age, string? Job)[] { ("Oslo", 1, "cook"), (null, 2, "smith"), ("Bern", double.NaN, null) };
        foreach (var (city, age, job) in rows)
        {
            byRow.BeginRow();
            SetText(byRow, 0, city);
            byRow.SetNumber(1, age);
            SetText(byRow, 2, job);
            byRow.EndRow();
        }

        byColumn.BeginColumns(rows.Length);
        foreach (var column in new[] { 2, 0, 1 })
        {
            byColumn.BeginColumn(column);
            for (var i = 0; i < rows.Length; i++)
            {
                byColumn.MoveTo(i);
                if (column == 1)
                {
                    byColumn.SetNumber(1, rows[i].Age);
                }
                else
                {
                    SetText(byColumn, column, column == 0 ? rows[i].City : rows[i].Job);
                }
            }
        }

        byColumn.EndColumns();
        Assert.Equal(Dump(byRow.End()), Dump(byColumn.End()));
    }

    [Fact]
    public void Columns_FreeWidth_TakeTheWidthGiven()
    {
        var writer = new InputPlan(ModelInput.Matrix(-1)).Begin(new Scratch());
        writer.BeginColumns(2, 3);
        for (var cell = 0; cell < 6; cell++)
        {
            writer.MoveTo(cell / 3);
            writer.SetNumber(cell % 3, cell);
        }

        writer.EndColumns();
        Assert.Equal([0, 1, 2, 3, 4, 5], ((DenseBlock)writer.End().Blocks[0]).Values.ToArray());
    }

    [Fact]
    public void Columns_OneMissingOrTwice_IsRefusedByName()
    {
        var writer = new InputPlan(Frame).Begin(new Scratch());
        writer.BeginColumns(1);
        writer.BeginColumn(0);
        Assert.Equal("column 'city' was given twice", Assert.Throws<InputException>(() => writer.BeginColumn(0)).Message);
        var missing = Assert.Throws<InputException>(writer.EndColumns);
        Assert.Equal("column 'age' is missing", missing.Message);
        Assert.Equal("age", missing.Column);
    }

    [Fact]
    public void Rows_SameColumnTwice_TheLastCounts()
    {
        var writer = new InputPlan(Frame).Begin(new Scratch());
        writer.BeginRow();
        writer.SetText(0, "first"u8);
        writer.SetNumber(1, 1);
        writer.SetText(2, "x"u8);
        writer.SetText(0, "second"u8);
        writer.SetNumber(1, 2);
        writer.EndRow();
        Assert.Equal("second 2 x", Dump(writer.End()));
    }

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    public void Text_NumberName_IsTheNumber(string name, double expected)
    {
        var writer = new InputPlan(ModelInput.Matrix(1)).Begin(new Scratch());
        writer.BeginRow();
        writer.SetText(writer.NextColumn(), System.Text.Encoding.UTF8.GetBytes(name));
        writer.EndRow();
        Assert.Equal([expected], ((DenseBlock)writer.End().Blocks[0]).Values.ToArray());
    }

    [Fact]
    public void Refuse_Cell_NamesColumnAndRow()
    {
        var writer = new InputPlan(Frame).Begin(new Scratch());
        writer.BeginRow();
        var error = Assert.Throws<InputException>(() => writer.SetNumber(2, 1));
        Assert.Equal("column 'job', row 0: a number was given where the model takes text; send it as a string", error.Message);
        Assert.Equal((0, "job"), (error.Row, error.Column));
    }

    [Fact]
    public void Rows_UnusedColumn_TakesAnythingOrNothing()
    {
        var writer = new InputPlan(Frame with { Columns = [Frame.Columns[0] with { IsUsed = false }, .. Frame.Columns.Skip(1)] }).Begin(new Scratch());
        writer.BeginRow();
        writer.SetNumber(0, 1);
        writer.SetNumber(1, 1);
        writer.SetText(2, "x"u8);
        writer.EndRow();
        writer.BeginRow();
        writer.SetNumber(1, 2);
        writer.SetText(2, "y"u8);
        writer.EndRow();
        Assert.False(writer.IsUsed(0));
        Assert.Equal("? 1 x|? 2 y", Dump(writer.End()));
    }

    [Fact]
    public void Rows_UnusedColumnByPosition_StillCounts()
    {
        var writer = new InputPlan(Frame with { Columns = [.. Frame.Columns.Take(2), Frame.Columns[2] with { IsUsed = false }] }).Begin(new Scratch());
        writer.BeginRow();
        writer.SetText(writer.NextColumn(), "Oslo"u8);
        writer.SetNumber(writer.NextColumn(), 1);
        Assert.Equal("row 0 has 2 values, the model takes 3", Assert.Throws<InputException>(writer.EndRow).Message);
    }

    [Theory]
    [InlineData(1, "row 1 has 1 values, the model takes 2")]
    [InlineData(3, "row 1 has more than the 2 values that the model takes")]
    public void Rows_Ragged_AreRefusedWithTheRow(int width, string message)
    {
        var writer = new InputPlan(ModelInput.Matrix(2)).Begin(new Scratch());
        WriteRow(writer, 2);
        var error = Assert.Throws<InputException>(() => WriteRow(writer, width));
        Assert.Equal((message, 1), (error.Message, error.Row));
    }

    [Fact]
    public void Rows_TenMillionCells_AreOneBlock()
    {
        var writer = new InputPlan(ModelInput.Matrix(100)).Begin(new Scratch());
        for (var row = 0; row < 100_000; row++)
        {
            WriteRow(writer, 100);
        }

        var block = (DenseBlock)writer.End().Blocks[0];
        Assert.Equal((100_000, 10_000_000), (block.Rows, block.Values.Length));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (double)i), block.Row(99_999).ToArray());
    }

    [Fact]
    public void Text_WhereANumberBelongs_IsQuotedShort()
    {
        var writer = new InputPlan(ModelInput.Matrix(1, ["age"])).Begin(new Scratch());
        writer.BeginRow();
        var text = System.Text.Encoding.UTF8.GetBytes("2026-11-25\n" + new string('é', 1000));
        Assert.Equal(
            $"column 'age', row 0: the text \"2026-11-25 {new string('é', 29)}…\" was given where the model takes a number",
            Assert.Throws<InputException>(() => writer.SetText(0, text)).Message);
    }

    private static void WriteRow(TableWriter writer, int width)
    {
        writer.BeginRow();
        for (var i = 0; i < width; i++)
        {
            writer.SetNumber(writer.NextColumn(), i);
        }

        writer.EndRow();
    }

    private static void SetText(TableWriter writer, int column, string? text)
    {
        if (text is null)
        {
            writer.SetMissing(column);
        }
        else
        {
            writer.SetText(column, System.Text.Encoding.UTF8.GetBytes(text));
        }
    }

    [Fact]
    public void ColumnsOfJson_TakeTheirTextAsItIs()
    {
        var plan = new InputPlan(new ModelInput(InputForm.Frame, [new InputColumn("age", ColumnKind.Number), new InputColumn("tags", ColumnKind.Text) { Type = ColumnType.Json }], true));
        var writer = plan.Begin(new Scratch());
        foreach (var tags in new[] { "[\"a\", 1]", "no JSON", null })
        {
            writer.BeginRow();
            writer.SetNumber(0, 1);
            writer.SetValue(1, tags);
            writer.EndRow();
        }

        Assert.False(writer.TakesJson(0));
        Assert.True(writer.TakesJson(1));
        Assert.Equal("1 [\"a\", 1]|1 no JSON|1 -", Dump(writer.End()));
    }

    [Theory]
    [InlineData(22.5, "a number was given where the model takes a list or an object; send it as a string of JSON")]
    [InlineData(true, "a boolean was given where the model takes a list or an object; send it as a string of JSON")]
    [InlineData(null, "null was given where the model takes a list or an object")]
    [InlineData(new[] { 1 }, "a list or an object was given; give it as a string of JSON")]
    public void ARowOfJson_GivenAsAnotherValue_IsRefusedWithTheWayOut(object? value, string expected)
    {
        var writer = new InputPlan(ModelInput.Json).Begin(new Scratch());
        writer.BeginRow();

        Assert.Equal("column 'json', row 0: " + expected, Assert.Throws<InputException>(() => writer.SetValue(writer.NextColumn(), value)).Message);
    }

    [Fact]
    public void SetFromText_AnEmptyFieldOfARowOfJson_IsRefused()
    {
        var writer = new InputPlan(ModelInput.Json).Begin(new Scratch());
        writer.BeginRow();

        Assert.Equal("column 'json', row 0: null was given where the model takes a list or an object", Assert.Throws<InputException>(() => writer.SetFromText(0, "")).Message);
    }

    private static string Dump(Table table)
    {
        var rows = new List<string>();
        for (var i = 0; i < table.Rows; i++)
        {
            var cells = new List<string>();
            foreach (var column in table.Columns)
            {
                cells.Add((column.Block < 0 ? null : table.Blocks[column.Block]) switch
                {
                    TextBlock texts => texts.IsMissing(i) ? "-" : System.Text.Encoding.UTF8.GetString(texts.Text(i)),
                    DenseBlock numbers => numbers.Row(i)[column.Offset].ToString(System.Globalization.CultureInfo.InvariantCulture),
                    _ => "?",
                });
            }

            rows.Add(string.Join(' ', cells));
        }

        return string.Join('|', rows);
    }
}
