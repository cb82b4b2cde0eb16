using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Skiff.Models;
using Skiff.Server;

namespace Skiff.Benchmarks;

/// <summary>
/// A body of 4 MB for <c>/predict</c>, <c>{"instances":[[…],…]}</c>, from UTF-8 to a table: judged whole, then read. Beside it what a program would do
/// that reads the same numbers by <see cref="Utf8JsonReader"/>. The time is that of a body; MB/s is the body's size by it.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(InOneProcess))]
public class JsonBenchmark
{
    private const int Size = 4_000_000;
    private const int Width = 30;

    private readonly InputPlan _plan = new(ModelInput.Matrix(Width));
    private readonly Scratch _scratch = new();
    private readonly double[] _cells = new double[Size];
    private byte[] _body = [];

    /// <summary>How numbers are written: as Python writes a float64, of an integer, or with two decimals.</summary>
    [Params("Full", "Short", "Integers")]
    public string Numbers { get; set; } = "Full";

    [GlobalSetup]
    public void SetUp()
    {
        var text = new StringBuilder(Size + 1000).Append("{\"instances\": [");
        var random = new Random(1);
        while (text.Length < Size)
        {
            var row = Enumerable.Range(0, Width).Select(_ => Numbers switch
            {
                "Full" => JsonSerializer.Serialize((random.NextDouble() - 0.5) * 6),
                "Short" => JsonSerializer.Serialize(Math.Round(random.NextDouble() * 100, 2)),
                _ => JsonSerializer.Serialize(random.Next(1000)),
            });
            text.Append('[').AppendJoin(", ", row).Append("], ");
        }

        text.Length -= 2;
        _body = Encoding.UTF8.GetBytes(text.Append("]}").ToString());
        Console.WriteLine($"// {Numbers}: {_body.Length} bytes");
    }

    [Benchmark(Baseline = true)]
    public int Utf8JsonReaderGetDouble()
    {
        var reader = new Utf8JsonReader(_body);
        var count = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                _cells[count++] = reader.GetDouble();
            }
        }

        return count;
    }

    [Benchmark]
    public int Judge() => Request().Instances.Length;

    [Benchmark]
    public int JudgeAndRead()
    {
        _scratch.Reset();
        var writer = _plan.Begin(_scratch);
        RowReader.ReadAll(_scratch.Bytes(), _plan, writer, Request().Instances.Of(_body));
        return writer.End().Rows;
    }

    private PredictRequest Request() =>
        JsonBody.FindInvalidByte(_body) < 0 && PredictRequest.TryRead(_body, _scratch.Bytes(), out var request, out _, out _)
            ? request
            : throw new InvalidOperationException("The body is not JSON.");
}
