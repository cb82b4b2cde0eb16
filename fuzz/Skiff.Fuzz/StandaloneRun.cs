using System.Diagnostics;
using System.Globalization;

namespace Skiff.Fuzz;

/// <summary>A run without external tools: mutates the files of a folder and reports what leaves the parser.</summary>
internal sealed class StandaloneRun
{
    private const int LargestSeed = 64 << 10;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    private int _seed = 1;
    private long _iterations = 100_000;
    private string? _corpus;
    private string _findings = "artifacts/fuzz";

    /// <summary>Reads <c>--seed N --iterations N --corpus DIR --findings DIR</c>.</summary>
    public static StandaloneRun Parse(ReadOnlySpan<string> arguments)
    {
        var run = new StandaloneRun();
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--seed": run._seed = int.Parse(value, CultureInfo.InvariantCulture); break;
                case "--iterations": run._iterations = long.Parse(value, CultureInfo.InvariantCulture); break;
                case "--corpus": run._corpus = value; break;
                case "--findings": run._findings = value; break;
                default: throw new ArgumentException($"{arguments[i]} is not known.");
            }
        }

        return run;
    }

    /// <summary>Runs; returns the number of findings, at most 255.</summary>
    public int Run(IFuzzTarget target)
    {
        var folder = _corpus ?? target.Corpus;
        var corpus = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) != ".json" && new FileInfo(f).Length is > 0 and <= LargestSeed)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)
            .ToArray();
        Console.WriteLine($"{target.Name}: seed {_seed}, {_iterations} executions, {corpus.Length} seeds from {folder}");
        var mutator = new Mutator(_seed, corpus);
        var findings = 0;
        var accepted = 0L;
        var clock = Stopwatch.StartNew();
        for (var i = 0L; i < _iterations; i++)
        {
            var input = mutator.Next();
            var started = clock.Elapsed;
            var used = Environment.CpuUsage.TotalTime;
            try
            {
                accepted += target.Run(input) ? 1 : 0;
            }
            catch (Exception e)
            {
                findings++;
                Keep(input, $"crash-{i}", e.ToString());
            }

            // By the clock first, which is cheap; what counts is the processor's time, however crowded the machine is.
            if (clock.Elapsed - started > Slow && Environment.CpuUsage.TotalTime - used is var took && took > Slow)
            {
                findings++;
                Keep(input, $"slow-{i}", $"took {took}");
            }

            if ((i + 1) % 100_000 == 0)
            {
                Console.WriteLine($"  {i + 1} executions, {accepted} accepted, {findings} findings, {(i + 1) / clock.Elapsed.TotalSeconds:F0}/s");
            }
        }

        Console.WriteLine($"{target.Name}: {_iterations} executions, seed {_seed}, {accepted} accepted, {findings} findings, {clock.Elapsed.TotalSeconds:F0} s");
        return Math.Min(findings, 255);
    }

    private void Keep(byte[] input, string name, string what)
    {
        Directory.CreateDirectory(_findings);
        var path = Path.Combine(_findings, $"{name}-seed{_seed}");
        File.WriteAllBytes(path, input);
        Console.WriteLine($"FINDING {path}: {what}");
    }
}
