using BenchmarkDotNet.Attributes;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Benchmarks;

/// <summary>
/// A forest of 100 trees over 30 columns on one thread: Skiff, and ONNX Runtime with the same trees. The time is that of a batch. Each call has other rows than
/// the one before: a processor learns the ways of rows that come again and again, and is then faster than it will be for anybody.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(InOneProcess))]
public class ForestBenchmark
{
    private const int Width = 30;
    private const int AllRows = 65536;
    private const int MostBatches = 4096;

    private SklearnModel _model = null!;
    private InferenceSession _session = null!;
    private double[][] _batches = null!;
    private NamedOnnxValue[][] _inputs = null!;
    private int _next;

    [Params(1, 32, 1000, AllRows)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _model = SklearnModel.Load(ModelFiles.Of("forest"));
        _batches = [.. ModelFiles.Rows(AllRows, Width).Chunk(Rows * Width).Where(batch => batch.Length == Rows * Width).Take(MostBatches)];
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(OnnxConverter.Convert(ModelFiles.Of("forest")), options);
        _inputs = [.. _batches.Select(Input)];
        CheckLabels();
    }

    [GlobalCleanup]
    public void CleanUp() => _session.Dispose();

    [Benchmark(Baseline = true)]
    public long Onnx()
    {
        using var outputs = _session.Run(_inputs[Next()]);
        return outputs[0].AsTensor<long>()[0];
    }

    [Benchmark]
    public long Skiff()
    {
        using var answers = _model.Run(Methods.Predict | Methods.PredictProba, _batches[Next()], Width);
        return answers.Predictions.Integer(0);
    }

    private int Next() => _next = _next + 1 < _batches.Length ? _next + 1 : 0;

    private NamedOnnxValue[] Input(double[] batch) =>
        [NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(Array.ConvertAll(batch, value => (float)value), [Rows, Width]))];

    // Two programs that answer differently are not worth comparing. ONNX Runtime sums in float32: a tie may fall the other way.
    private void CheckLabels()
    {
        using var outputs = _session.Run(_inputs[0]);
        var onnx = outputs[0].AsTensor<long>().ToArray();
        using var answers = _model.Run(Methods.Predict, _batches[0], Width);
        var different = 0;
        for (var row = 0; row < Rows; row++)
        {
            different += answers.Predictions.Integer(row) == onnx[row] ? 0 : 1;
        }

        if (different > Rows / 100)
        {
            throw new InvalidOperationException($"ONNX Runtime and Skiff give {different} of {Rows} rows different labels.");
        }
    }
}
