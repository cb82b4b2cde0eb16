using System.IO.Compression;

namespace Skiff.Python.Tests.Regex;

/// <summary>Thousands of patterns and texts against what CPython 3.14 answered: places of all groups, splits, replacements, messages.</summary>
public sealed class RecordedRegexTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    public void Everything_RecordedCases_AnswersAsCPython(int notesAfter)
    {
        using var file = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Regex", "Data", "cases.jsonl.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        var replay = new RegexReplay(notesAfter);
        while (reader.ReadLine() is { } line)
        {
            replay.Replay(line);
        }

        Assert.True(replay.Lines > 5000);
        Assert.True(replay.Differences.Count == 0, string.Join('\n', replay.Differences.Take(120)));
    }
}
