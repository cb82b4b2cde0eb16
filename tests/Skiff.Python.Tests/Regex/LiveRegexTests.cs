using System.Diagnostics;

namespace Skiff.Python.Tests.Regex;

/// <summary>Fresh random patterns against the Python at hand.</summary>
public sealed class LiveRegexTests
{
    private const string Python = "python3.14";

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    public void Everything_FreshRandomCases_AnswersAsPython(int notesAfter)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Skiff.slnx")))
        {
            folder = folder.Parent;
        }

        Assert.SkipWhen(folder is null, "needs the source tree");
        Assert.SkipUnless(IsThere(), "needs " + Python);
        var seed = Random.Shared.Next().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var script = Path.Combine(folder!.FullName, "tools", "regex", "generate_cases.py");
        using var process = Process.Start(new ProcessStartInfo(Python, [script, seed, "2000"]) { RedirectStandardOutput = true })!;
        var replay = new RegexReplay(notesAfter);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            replay.Replay(line);
        }

        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.True(replay.Differences.Count == 0, $"seed {seed}\n" + string.Join('\n', replay.Differences.Take(60)));
    }

    private static bool IsThere() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, Python)));
}
