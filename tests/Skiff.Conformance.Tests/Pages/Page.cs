using System.Globalization;
using Skiff.TestKit;

namespace Skiff.Conformance.Tests.Pages;

/// <summary>A page of the documentation, part of which is computed: what stands between <c>&lt;!-- computed --&gt;</c> and <c>&lt;!-- end --&gt;</c>.</summary>
internal sealed class Page(string name)
{
    /// <summary>Set to 1, the tests write the pages instead of comparing them.</summary>
    public const string WriteVariable = "SKIFF_WRITE_PAGES";

    private const string Begin = "<!-- computed: SKIFF_WRITE_PAGES=1 dotnet test --project tests/Skiff.Conformance.Tests -->\n\n";
    private const string End = "<!-- end -->\n";

    private readonly string _file = RepositoryFolder.At($"docs/{name}");

    /// <summary>The computed part as the page has it.</summary>
    public string Computed => Cut(File.ReadAllText(_file)).Middle;

    /// <summary>Compares the computed part with what it should be, or writes it where <see cref="WriteVariable"/> says so.</summary>
    /// <param name="wanted">What it should be.</param>
    /// <param name="normalize">What takes out of a text whatever differs from one machine to the next.</param>
    public void Check(string wanted, Func<string, string> normalize)
    {
        var (before, middle, after) = Cut(File.ReadAllText(_file));
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllText(_file, before + Begin + wanted + "\n" + End + after);
            return;
        }

        Assert.True(
            normalize(wanted) == normalize(middle),
            string.Create(CultureInfo.InvariantCulture, $"docs/{name} is not what the code says; write it again with {WriteVariable}=1.\n{Difference(normalize(wanted), normalize(middle))}"));
    }

    private static string Difference(string wanted, string found)
    {
        var (wantedLines, foundLines) = (wanted.Split('\n'), found.Split('\n'));
        var missing = wantedLines.Except(foundLines).Take(10).Select(line => $"+ {line}");
        return string.Join('\n', [.. missing, .. foundLines.Except(wantedLines).Take(10).Select(line => $"- {line}")]);
    }

    private (string Before, string Middle, string After) Cut(string text)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin >= 0 && end > begin, $"docs/{name} has no computed part: {Begin.Trim()} ... {End.Trim()}");
        return (text[..begin], text[(begin + Begin.Length)..end].TrimEnd('\n') + "\n", text[(end + End.Length)..]);
    }
}
