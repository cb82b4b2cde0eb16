using System.Text.RegularExpressions;

namespace Skiff.House.Tests;

/// <summary>A mitigation of docs/threat-model.md holds as far as its test does: every test that is named must be there.</summary>
public partial class ThreatModelTests
{
    private const string Page = "docs/threat-model.md";

    [Fact]
    public void ThreatModel_NamedTests_Exist()
    {
        var lines = Repository.ReadLines(Page).Where(line => line.StartsWith("Tests: ", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(lines);
        Repository.AssertNone(from line in lines
                              from file in Files().Matches(line)
                              let source = Repository.Read(file.Groups["path"].Value)
                              from test in Names().Matches(file.Groups["tests"].Value)
                              where !source.Contains($" {test.Groups[1].Value}(", StringComparison.Ordinal)
                              select $"{Page}: {file.Groups["path"].Value} has no test {test.Groups[1].Value}");
        Repository.AssertNone(lines.Where(line => !Names().IsMatch(line)).Select(line => $"{Page}: no test is named in \"{line}\""));
    }

    [Fact]
    public void ThreatModel_EveryThreat_HasAMitigationAndTests()
    {
        var lines = Repository.ReadLines(Page);
        var threats = Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("**Threat**", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(threats);
        Repository.AssertNone(threats
            .Where(i => !lines[i + 1].StartsWith("**Mitigation**", StringComparison.Ordinal) || !lines[i + 2].StartsWith("Tests: ", StringComparison.Ordinal))
            .Select(i => $"{Page}: \"{lines[i]}\" has no mitigation or no tests below it"));
    }

    [GeneratedRegex(@"\]\(\.\./(?<path>tests/[^)]+\.cs)\)(?<tests>[^\[]*)")]
    private static partial Regex Files();

    [GeneratedRegex("`([A-Z]\\w+_\\w+)`")]
    private static partial Regex Names();
}
