using BenchmarkDotNet.Attributes;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Benchmarks;

/// <summary>A forest of 100 trees over 30 columns on one thread: Skiff, and ONNX Runtime with the same trees. The time is that of a row.</summary>
[MemoryDiagnoser]
[Config(typeof(InOneProcess))]
public class ForestBenchmark
{
    private const int Width = 30;

    private SklearnModel _model = null!;
    private InferenceSession _session = null!;
    private double[] _rows = null!;
    private NamedOnnxValue[] _input = null!;

    [Params(1, 32, 1000, 65536)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _model = SklearnModel.Load(ModelFiles.Of("forest"));
        _rows = ModelFiles.Rows(Rows, Width);
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(OnnxConverter.Convert(ModelFiles.Of("forest")), options);
        _input = [NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(Array.ConvertAll(_rows, value => (float)value), [Rows, Width]))];
        CheckLabels();
    }

    [GlobalCleanup]
    public void CleanUp() => _session.Dispose();

    [Benchmark(Baseline = true)]
    public long Onnx()
    {
        using var outputs = _session.Run(_input);
        return outputs[0].AsTensor<long>()[0];
    }

    [Benchmark]
    public long Skiff()
    {
        using var answers = _model.Run(Methods.Predict | Methods.PredictProba, _rows, Width);
        return answers.Predictions.Integer(0);
    }

    // Two programs that answer differently are not worth comparing. ONNX Runtime sums in float32: a tie may fall the other way.
    private void CheckLabels()
    {
        using var outputs = _session.Run(_input);
        var onnx = outputs[0].AsTensor<long>().ToArray();
        using var answers = _model.Run(Methods.Predict, _rows, Width);
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
