using BenchmarkDotNet.Attributes;
using Skiff.Pickle;
using Skiff.Sklearn;

namespace Skiff.Benchmarks;

/// <summary>
/// A file in the page cache, from its path to the graph of objects that it holds, and to a model: many small arrays (forest), records of trees (boosting), one
/// large array (neighbors), a dictionary of terms (reviews), a small pipeline (people).
/// </summary>
[MemoryDiagnoser]
[Config(typeof(InOneProcess))]
public class ReaderBenchmark
{
    private string _path = "";

    [Params("forest", "boosting", "neighbors-brute", "reviews", "people")]
    public string Model { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _path = ModelFiles.Of(Model);
        Console.WriteLine($"// {Model}: {new FileInfo(_path).Length} bytes");
    }

    [Benchmark]
    public PickleDocument Read() => PickleReader.Read(_path);

    [Benchmark]
    public SklearnModel Load() => SklearnModel.Load(_path);
}
