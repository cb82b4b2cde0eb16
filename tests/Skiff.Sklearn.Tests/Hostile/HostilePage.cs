using System.Globalization;
using System.Text;
using Skiff.TestKit;

namespace Skiff.Sklearn.Tests.Hostile;

/// <summary>docs/hostile-files.md: what is said of every file stands there and nowhere else. A run with SKIFF_WRITE_PAGES=1 writes its tables.</summary>
internal static class HostilePage
{
    private const string Begin = "<!-- computed: SKIFF_WRITE_PAGES=1 dotnet test --project tests/Skiff.Sklearn.Tests -->\n";
    private const string End = "<!-- end -->\n";
    private const int LongestText = 400;

    private static readonly string Path = RepositoryFolder.At("docs/hostile-files.md");
    private static readonly Lazy<Dictionary<string, string>> Rows = new(() => Table()
        .Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split(" | "))
        .ToDictionary(cells => cells[0].Trim('|', ' ', '`'), cells => cells[2]));

    private static bool IsWritten => Environment.GetEnvironmentVariable("SKIFF_WRITE_PAGES") == "1";

    /// <summary>What the page has as the outcome of a file.</summary>
    public static string Wanted(HostileFile file) => IsWritten ? Cell(HostileOutcome.Of(file).Says) : Rows.Value[file.Name];

    /// <summary>An outcome as the page has it.</summary>
    public static string Cell(string says)
    {
        var cell = says.Length > LongestText ? says[..LongestText] + "…" : says;
        return cell.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)
            .Replace('\n', ' ').Replace('\r', ' ');
    }

    /// <summary>Compares the files of the page with those there are, or writes it.</summary>
    public static void Check()
    {
        if (IsWritten)
        {
            var page = File.ReadAllText(Path);
            var table = Table();
            File.WriteAllText(Path, page.Replace(Begin + table + End, Begin + Write() + End, StringComparison.Ordinal));
            return;
        }

        Assert.Equal(HostileCorpus.All.Select(file => file.Name).Order(StringComparer.Ordinal), Rows.Value.Keys.Order(StringComparer.Ordinal));
    }

    private static string Table()
    {
        var page = File.ReadAllText(Path);
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        return begin >= Begin.Length && end >= begin ? page[begin..end] : throw new InvalidDataException("docs/hostile-files.md has no computed part.");
    }

    private static string Write()
    {
        var text = new StringBuilder();
        foreach (var (title, files) in HostileCorpus.Families)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| file | in Python | Skiff | ms | MB |\n| --- | --- | --- | ---: | ---: |\n");
            foreach (var file in files)
            {
                var (says, milliseconds, bytes, _) = HostileOutcome.Of(file);
                text.Append(CultureInfo.InvariantCulture, $"| `{file.Name}` | {file.Elsewhere} | {Cell(says)} | {milliseconds:F0} | {bytes / 1048576.0:F1} |\n");
            }
        }

        return text.Append('\n').ToString();
    }
}
