using BenchmarkDotNet.Running;
using Skiff.Benchmarks;

// dotnet run -c Release --project bench/Skiff.Benchmarks -- --filter '*Forest*' --job short
// dotnet run -c Release --project bench/Skiff.Benchmarks -- convert model.joblib model.onnx
if (args is ["convert", var model, var onnx])
{
    File.WriteAllBytes(onnx, OnnxConverter.Convert(model));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ModelFiles).Assembly).Run(args);
