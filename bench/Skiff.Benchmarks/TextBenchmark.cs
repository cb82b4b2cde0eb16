using BenchmarkDotNet.Attributes;
using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Benchmarks;

/// <summary>Texts of twelve words, from the text to labels and probabilities: scikit-learn's default tokens, words and pairs of words, tf-idf, a logistic regression.</summary>
[MemoryDiagnoser]
[Config(typeof(InOneProcess))]
public class TextBenchmark
{
    private SklearnModel _model = null!;
    private string[] _texts = [];

    [Params(1, 1000)]
    public int Texts { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _model = SklearnModel.Load(ModelFiles.Of("reviews"));
        var random = new Random(2);
        _texts = [.. Enumerable.Range(0, Texts).Select(_ => string.Join(' ', Enumerable.Range(0, 12).Select(_ => $"word{random.Next(4000)}")))];
    }

    [Benchmark]
    public long Predict()
    {
        using var answers = _model.Run(Methods.Predict | Methods.PredictProba, _texts);
        return answers.Predictions.Integer(0);
    }
}
