using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Skiff.Sklearn;

namespace Skiff.Conformance.Tests.Pages;

/// <summary>The table of docs/fidelity.md: by class and release the largest deviation from scikit-learn's own answers.</summary>
internal static partial class FidelityPage
{
    /// <summary>Writes the table.</summary>
    public static string Write(IReadOnlyList<IGrouping<string, (CatalogEntry Entry, ClassRecord Record)>> packages)
    {
        var all = packages.SelectMany(package => package).Where(x => x.Record.Models > 0).ToList();
        string[] releases = [.. all.SelectMany(x => x.Record.Releases).Distinct().OrderBy(Version.Parse)];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{all.Sum(x => x.Record.Models):N0} models gave {all.Sum(x => x.Record.Answers):N0} answers.\n\n");
        text.Append("| class | models | answers | ").AppendJoin(" | ", releases).Append(" | float32 |\n| --- | ---: | ---: |").Append(string.Concat(releases.Select(_ => " ---: |"))).Append(" ---: |\n");
        foreach (var (entry, record) in all)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {entry.Name} | {record.Models} | {record.Answers} |");
            foreach (var release in releases)
            {
                text.Append(' ').Append(record.Doubles.TryGetValue(release, out var deviation) ? Short(deviation) : record.Releases.Contains(release) ? "exact" : "-").Append(" |");
            }

            text.Append(CultureInfo.InvariantCulture, $" {(record.Single is { } single ? single.ToString("0.##", CultureInfo.InvariantCulture) : "-")} |\n");
        }

        return text.ToString();
    }

    /// <summary>Takes out how large the deviations are: their last digits differ from one processor to the next. What they may be at most is tested elsewhere.</summary>
    public static string WithoutSizes(string table) => string.Join('\n', table.Split('\n').Select(line =>
        line.Split('|') is { Length: > 5 } cells ? string.Join('|', [.. cells[..4], .. cells[4..].Select(cell => Size().Replace(cell, "#"))]) : line));

    private static string Short(double deviation) => deviation == 0 ? "0" : deviation.ToString("0E-0", CultureInfo.InvariantCulture).Replace('E', 'e');

    [GeneratedRegex(@"[0-9][0-9.]*(e-[0-9]+)?")]
    private static partial Regex Size();
}
