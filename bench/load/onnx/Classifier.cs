using Microsoft.ML.OnnxRuntime;

namespace Skiff.Bench.Onnx;

/// <summary>A session over a model of one input of float32 rows and a label for each row.</summary>
/// <remarks>
/// One thread a request: the requests that come at the same time keep the processors busy, and threads that share a request would wait for each other, spinning.
/// </remarks>
internal sealed class Classifier : IDisposable
{
    private static readonly string[] Inputs = ["x"];
    private static readonly string[] Outputs = ["label"];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();

    public Classifier(string path)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        _session = new InferenceSession(path, options);
    }

    /// <summary>The label of each row.</summary>
    public long[] Predict(Rows rows)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, rows.Values, [rows.Count, rows.Width]);
        using var outputs = _session.Run(_options, Inputs, [input], Outputs);
        return outputs[0].GetTensorDataAsSpan<long>().ToArray();
    }

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }
}
