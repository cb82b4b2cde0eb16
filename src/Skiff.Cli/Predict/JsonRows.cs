using System.Globalization;
using System.Text;
using Skiff.Models;
using Skiff.Numerics;
using Skiff.Server;

namespace Skiff.Cli;

/// <summary>The rows of a JSON file, each as <c>/predict</c> takes one: a row a line, or all of them in one list.</summary>
internal sealed class JsonRows(Stream stream, string name, InputPlan plan) : RowSource
{
    private readonly JsonSplitter _splitter = new(stream, name, Lists(plan.Input));
    private readonly ByteBuffer _unescaped = new();

    public override bool TryWrite(TableWriter writer)
    {
        if (!_splitter.MoveNext())
        {
            return false;
        }

        Line = _splitter.Line;
        var row = _splitter.Current;
        if (JsonBody.FindInvalidByte(row) is >= 0 and var at)
        {
            throw Malformed(JsonError.NotUtf8, at);
        }

        var judge = new JsonScanner(row);
        if (!judge.ReadDocument(out _))
        {
            throw Malformed(judge.Error, judge.ErrorPosition);
        }

        var scanner = new JsonScanner(row);
        RowReader.Read(_unescaped, plan, writer, row, ref scanner);
        return true;
    }

    public override void Dispose() => stream.Dispose();

    private static ListMeaning Lists(ModelInput input) => input switch
    {
        { Form: InputForm.Json } => ListMeaning.OneRow,
        { Columns.Count: 1 } => ListMeaning.Rows,
        _ => ListMeaning.RowsUnlessOfCells,
    };

    private CommandException Malformed(JsonError error, int position)
    {
        var before = _splitter.Current[..position];
        var line = Line + before.Count((byte)'\n');
        return new CommandException(string.Create(
            CultureInfo.InvariantCulture, $"{name}, line {line}: not JSON: {Encoding.ASCII.GetString(JsonErrors.Message(error))}"));
    }
}
