using Skiff.Cli;
using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Fuzz;

/// <summary>The rows that <c>skiff predict</c> reads: all of a file's, and the model's answer to each batch.</summary>
/// <param name="name">The target's name.</param>
/// <param name="open">Opens the rows.</param>
internal sealed class RowsTarget(string name, Func<Stream, InputPlan, RowSource> open) : IFuzzTarget
{
    private const int BatchRows = 64;

    private readonly SklearnModel _model = ExampleModel.Passengers();
    private readonly Scratch _scratch = new();
    private readonly Results _results = new();

    /// <summary>Rows as CSV, with the names in the first line.</summary>
    public static RowsTarget Csv() => new("csv", (stream, plan) => new CsvRows(stream, "rows.csv", plan, ',', hasHeader: true));

    /// <summary>Rows as JSON, a line each or in one list.</summary>
    public static RowsTarget Json() => new("jsonrows", (stream, plan) => new JsonRows(stream, "rows.json", plan));

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public int LongestInput => 1024;

    /// <inheritdoc/>
    public long MemoryFor(int length) => (4 << 20) + (1024L * length);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => SeedFiles.Of($"fuzz/seeds/{name}", "*", LongestInput);

    /// <inheritdoc/>
    public Outcome Run(byte[] input)
    {
        var sum = new Fingerprint();
        try
        {
            using var source = open(new MemoryStream(input, writable: false), _model.Plan);
            while (Batch(source, ref sum))
            {
            }

            return Outcome.Accepted(sum);
        }
        catch (Exception e) when (e is CommandException or InputException)
        {
            return Outcome.Refused(e);
        }
        finally
        {
            _results.Clear();
            _scratch.Reset();
        }
    }

    private bool Batch(RowSource source, ref Fingerprint sum)
    {
        var writer = _model.Plan.Begin(_scratch);
        var count = 0;
        while (count < BatchRows && source.TryWrite(writer))
        {
            count++;
        }

        if (count > 0)
        {
            _model.Run(Methods.Predict, writer.End(), _scratch, _results);
            sum.Add((long)_results[0].Rows);
            foreach (var code in _results[0].Codes.AsSpan())
            {
                sum.Add((long)code);
            }

            _results.Clear();
        }

        _scratch.Reset();
        return count == BatchRows;
    }
}
