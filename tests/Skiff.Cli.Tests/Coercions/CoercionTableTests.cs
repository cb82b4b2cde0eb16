using System.Globalization;
using System.Text;
using Skiff.Models;
using Skiff.Numerics;
using Skiff.TestKit;

namespace Skiff.Cli.Tests;

/// <summary>The table of docs/coercions.md, row by row and way by way.</summary>
public sealed class CoercionTableTests
{
    private const string None = "(none)";

    private static readonly InputPlan Plan = new(new ModelInput(
        InputForm.Frame, [new InputColumn("number", ColumnKind.Number), new InputColumn("text", ColumnKind.Text), new InputColumn("json", ColumnKind.Text) { Type = ColumnType.Json }], HasNames: true));

    public static TheoryData<string, string, string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string, string, string>();
            foreach (var line in File.ReadAllLines(RepositoryFolder.At("docs/coercions.md")).SkipWhile(line => line != "<!-- cells -->").Skip(3))
            {
                var cells = line.Split(" | ").Select(cell => cell.Trim('|', ' ').Trim('`')).ToArray();
                rows.Add(cells[0], cells[1], cells[2], cells[3], cells[4]);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Cell_ByEveryWayIn_BecomesWhatThePageSays(string column, string json, string csv, string program, string becomes)
    {
        Assert.All(Ways(column, json, csv, program), way => Assert.Equal(becomes, Outcome(column, way)));
    }

    [Fact]
    public void Rows_OfThePage_AreThere() => Assert.True(Rows.Count > 20);

    private static IEnumerable<Action<TableWriter>> Ways(string column, string json, string csv, string program)
    {
        var others = Plan.Input.Columns.Select(known => known.Name).Where(name => name != column).ToArray();
        if (program != None)
        {
            yield return writer =>
            {
                writer.BeginRow();
                Array.ForEach(others, other => writer.SetMissing(Plan.Find(Utf8.GetBytes(other))));
                writer.SetValue(Plan.Find(Utf8.GetBytes(column)), Value(program));
                writer.EndRow();
            };
        }

        if (csv != None)
        {
            var cell = csv == "(empty)" ? string.Empty : csv;
            var quoted = $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            yield return writer => Read(new CsvRows(Bytes($"{others[0]},{others[1]},more,{column}\n,,x,{(cell.Contains('"', StringComparison.Ordinal) ? quoted : cell)}\n"), "rows.csv", Plan, ',', hasHeader: true), writer);
            yield return writer => Read(new CsvRows(Bytes($"{others[0]},{others[1]},{column}\n,,{quoted}\n"), "rows.csv", Plan, ',', hasHeader: true), writer);
        }

        if (json != None)
        {
            var row = $"{{\"{others[0]}\":null,\"{column}\":{json},\"{others[1]}\":null,\"more\":{{}}}}";
            yield return writer => Read(new JsonRows(Bytes(row), "rows.json", Plan), writer);
            if (json[0] is '[' or '{')
            {
                // A list that begins with one is a list of rows.
                yield break;
            }

            var cells = Plan.Input.Columns.Select(known => known.Name == column ? json : "null");
            yield return writer => Read(new JsonRows(Bytes($"[{string.Join(',', cells)}]"), "rows.json", Plan), writer);
        }
    }

    private static string Outcome(string column, Action<TableWriter> write)
    {
        var writer = Plan.Begin(new Scratch());
        try
        {
            write(writer);
        }
        catch (InputException e)
        {
            Assert.StartsWith($"column '{column}', row 0: ", e.Message, StringComparison.Ordinal);
            return "refused";
        }

        var table = writer.End();
        Assert.Equal(1, table.Rows);
        if (column == "number")
        {
            return PyFloat.Format(((DenseBlock)table.Blocks[0]).Row(0)[0]);
        }

        var texts = (TextBlock)table.Blocks[column == "text" ? 1 : 2];
        return texts.IsMissing(0) ? "missing" : texts.Text(0).IsEmpty ? "empty" : Utf8.GetString(texts.Text(0));
    }

    private static void Read(RowSource source, TableWriter writer)
    {
        using (source)
        {
            Assert.True(source.TryWrite(writer));
        }
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static object? Value(string program) => program switch
    {
        "null" => null,
        "true" => true,
        "false" => false,
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        "date" => new DateTime(2026, 1, 2),
        "list" => new[] { 1 },
        "object" => new Dictionary<string, int> { ["a"] = 1 },
        _ when program.StartsWith('"') => program[1..^1],
        _ when program.EndsWith('L') => long.Parse(program[..^1], CultureInfo.InvariantCulture),
        _ => double.Parse(program, CultureInfo.InvariantCulture),
    };
}
