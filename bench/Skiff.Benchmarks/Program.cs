using BenchmarkDotNet.Running;

// dotnet run -c Release --project bench/Skiff.Benchmarks -- --filter '*Forest*' --job short
BenchmarkSwitcher.FromAssembly(typeof(Skiff.Benchmarks.ModelFiles).Assembly).Run(args);
