using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Benchmarks;

/// <summary>The sum of products that everything linear stands on, beside that of System.Numerics.Tensors.</summary>
[Config(typeof(InOneProcess))]
public class DotBenchmark
{
    private double[] _a = null!;
    private double[] _b = null!;

    [Params(4, 16, 64, 1000, 100_000)]
    public int Length { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _a = ModelFiles.Rows(1, Length);
        _b = [.. _a.Reverse()];
    }

    [Benchmark(Baseline = true)]
    public double Tensors() => TensorPrimitives.Dot(_a, _b);

    [Benchmark]
    public double Skiff() => Kernels.Dot(_a, _b);
}

/// <summary>Linear models, kernels, neighbors and layers: one row, and a thousand.</summary>
[MemoryDiagnoser]
[Config(typeof(InOneProcess))]
public class KernelBenchmark
{
    private SklearnModel _model = null!;
    private double[] _rows = null!;
    private int _width;

    /// <summary>The models of <c>write_models.py</c>: 2,000 support vectors of 30 features; 1,000 features, 2 and 10 labels; 20,000 points in 3 dimensions in a tree, and
    /// in 30 without; two hidden layers of 100.</summary>
    [Params("svc", "logistic", "logistic-ten", "neighbors-tree", "neighbors-brute", "mlp")]
    public string Model { get; set; } = "";

    [Params(1, 1000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _model = SklearnModel.Load(ModelFiles.Of(Model));
        _width = _model.Signature.Input.Columns.Count;
        _rows = ModelFiles.Rows(Rows, _width);
    }

    [Benchmark]
    public long Predict()
    {
        using var answers = _model.Run(Methods.Predict, _rows, _width);
        return answers.Predictions.Integer(0);
    }
}
