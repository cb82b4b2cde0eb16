namespace Skiff.Benchmarks;

/// <summary>Where <c>write_models.py</c> has written the models.</summary>
public static class ModelFiles
{
    /// <summary>The file of a model.</summary>
    /// <exception cref="FileNotFoundException">It was not written.</exception>
    public static string Of(string name)
    {
        var folder = Environment.GetEnvironmentVariable("SKIFF_BENCH_MODELS") ?? "artifacts/bench";
        var path = Path.GetFullPath(Path.Combine(folder, $"{name}.joblib"));
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is missing: run python3 bench/Skiff.Benchmarks/write_models.py artifacts/bench in the repository, or name its folder in SKIFF_BENCH_MODELS.");
    }

    /// <summary>Rows of numbers such as the models were trained on, from a fixed seed.</summary>
    public static double[] Rows(int rows, int width)
    {
        var random = new Random(20);
        return [.. Enumerable.Range(0, rows * width).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }
}
