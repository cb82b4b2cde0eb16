using System.Diagnostics;

namespace Skiff.Fuzz;

/// <summary>
/// A run in this process. Where the assemblies are instrumented it is guided by coverage: what takes a branch that nothing took before is changed further;
/// where they are not, the seeds are changed over and over.
/// </summary>
internal sealed class FuzzRun(IFuzzTarget target, RunOptions options, Coverage coverage)
{
    private const int MostInputs = 1 << 16;
    private const int AgainEvery = 16;
    private const long ReportEvery = 1_000_000;
    private const int MostFindings = 50;

    private readonly Judge _judge = new(target);
    private readonly HashSet<string> _kinds = [];
    private int _findings;

    /// <summary>Runs; returns the number of findings, at most <see cref="MostFindings"/>.</summary>
    public int Run()
    {
        var corpus = target.Seeds().Concat(Stored()).ToList();
        var tokens = TokenFile.Read(SeedFiles.At($"fuzz/dictionaries/{target.Name}.dict"));
        var longest = Math.Max(target.LongestInput, corpus.Max(input => input.Length));
        using var last = new LastInput(options.Findings, target.Name, longest);
        var refused = corpus.Count(input => !RunOne(input, again: true, isGuided: true, last).IsAccepted);
        var isGuided = coverage.Branches > 0;
        Console.WriteLine($"{target.Name}: seed {options.Seed}, {corpus.Count} inputs to start from, {refused} of them refused, {tokens.Count} tokens, "
            + (isGuided ? $"{coverage.Branches} branches" : "not instrumented"));

        var mutator = new Mutator(options.Seed, corpus, tokens, longest);
        var clock = Stopwatch.StartNew();
        var (count, accepted) = (0L, 0L);
        while (count < options.Iterations && clock.Elapsed < options.Time && _findings < MostFindings)
        {
            var input = mutator.Next();
            var verdict = RunOne(input, ++count % AgainEvery == 0, isGuided, last);
            accepted += verdict.IsAccepted ? 1 : 0;
            if (verdict.IsNew && corpus.Count < MostInputs)
            {
                corpus.Add(input);
                Store(input, corpus.Count);
            }

            if (count % ReportEvery == 0)
            {
                Report("  ", count, accepted, corpus, clock);
            }
        }

        Report($"{target.Name}, seed {options.Seed}: ", count, accepted, corpus, clock);
        return _findings;
    }

    private void Report(string head, long count, long accepted, List<byte[]> corpus, Stopwatch clock) => Console.WriteLine(
        $"{head}{count} executions, {accepted} accepted, {corpus.Count} inputs, {coverage.Branches} branches, {_findings} findings, {clock.Elapsed.TotalSeconds:F0} s, {count / clock.Elapsed.TotalSeconds:F0}/s");

    private Verdict RunOne(byte[] input, bool again, bool isGuided, LastInput last)
    {
        last.Set(input);
        var verdict = _judge.Run(input, again, isGuided ? coverage : null);
        if (verdict.Finding is { } finding && _kinds.Add(Kind(finding)))
        {
            Keep(input, finding);
        }

        return verdict;
    }

    // Two findings are the same where they come from the same line.
    private static string Kind(string finding) =>
        finding.Split('\n').FirstOrDefault(line => line.Contains(" in /", StringComparison.Ordinal)) ?? new string([.. finding.Where(c => !char.IsAsciiDigit(c))]);

    private void Keep(byte[] input, string finding)
    {
        var path = Path.Combine(options.Findings, $"{target.Name}-{options.Seed}-{_findings++}");
        File.WriteAllBytes(path, input);
        Console.WriteLine($"FINDING {path}: {finding}");
    }

    private IEnumerable<byte[]> Stored() => options.Corpus is { } folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
        : [];

    private void Store(byte[] input, int number)
    {
        if (options.Corpus is { } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"{options.Seed}-{number:D6}"), input);
        }
    }
}
