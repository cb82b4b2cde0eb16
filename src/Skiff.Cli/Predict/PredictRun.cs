using System.Globalization;
using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Cli;

/// <summary>Answers about the rows of a file, a batch at a time: memory stays the same however long the file is.</summary>
/// <param name="model">The model.</param>
/// <param name="source">The rows.</param>
/// <param name="name">The name of the rows' file, for messages.</param>
/// <param name="sink">Where the answers go.</param>
internal sealed class PredictRun(SklearnModel model, RowSource source, string name, AnswerSink sink)
{
    private const int BatchRows = 1024;

    private readonly Scratch _scratch = new();
    private readonly Results _results = new();
    private readonly long[] _lines = new long[BatchRows];
    private long _rows;

    /// <summary>Answers about all rows.</summary>
    /// <param name="methods">The methods to ask.</param>
    /// <param name="report">Told after each batch how many rows are done.</param>
    /// <param name="cancellation">Ends it between two batches.</param>
    /// <returns>How many rows there were.</returns>
    /// <exception cref="CommandException">The file, or a row of it, is not what it should be.</exception>
    public long All(Methods methods, Action<long>? report, CancellationToken cancellation)
    {
        int count;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            var writer = model.Plan.Begin(_scratch);
            count = Fill(writer);
            if (count > 0 || _rows == 0)
            {
                Answer(methods, writer.End());
            }

            _rows += count;
            _results.Clear();
            _scratch.Reset();
            report?.Invoke(_rows);
        }
        while (count == BatchRows);

        sink.Flush();
        return _rows;
    }

    private int Fill(TableWriter writer)
    {
        var count = 0;
        try
        {
            while (count < BatchRows && source.TryWrite(writer))
            {
                _lines[count++] = source.Line;
            }

            return count;
        }
        catch (InputException e)
        {
            throw Refused(e, source.Line);
        }
    }

    private void Answer(Methods methods, in Table table)
    {
        try
        {
            model.Run(methods, table, _scratch, _results);
        }
        catch (InputException e)
        {
            throw Refused(e, e.Row >= 0 && e.Row < table.Rows ? _lines[e.Row] : 0);
        }

        sink.Write(_results);
    }

    // Rows are counted from the start of the file, not of the batch.
    private CommandException Refused(InputException e, long line)
    {
        var row = (int)Math.Min(_rows + e.Row, int.MaxValue);
        var message = (e.Row < 0 ? e : e.MoveToRow(row)).Message;
        return new CommandException(line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{name}, line {line}: {message}") : $"{name}: {message}", e);
    }
}
