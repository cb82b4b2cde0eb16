using System.Text;
using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Conformance.Tests.Pages;

/// <summary>The tables of docs/estimators.md: classes from the catalog, methods and releases from the fixtures, remarks as the page has them.</summary>
internal static class EstimatorsPage
{
    /// <summary>Writes the tables.</summary>
    /// <param name="packages">The catalog with what its fixtures show.</param>
    /// <param name="before">The tables as they stand, for their remarks.</param>
    public static string Write(IEnumerable<IGrouping<string, (CatalogEntry Entry, ClassRecord Record)>> packages, string before)
    {
        var remarks = Remarks(before);
        var text = new StringBuilder();
        foreach (var package in packages)
        {
            text.Append(text.Length == 0 ? string.Empty : "\n").Append("### ").Append(package.Key).Append("\n\n| class | methods | written by | remarks |\n| --- | --- | --- | --- |\n");
            foreach (var (entry, record) in package)
            {
                var remark = remarks.GetValueOrDefault((package.Key, entry.Name), string.Empty);
                text.Append("| ").Append(entry.Name).Append(" | ").Append(MethodsOf(record)).Append(" | ").Append(ReleasesOf(record)).Append(" | ")
                    .Append(remark).Append(remark.Length == 0 ? "|\n" : " |\n");
            }
        }

        text.Append("\n### Classes that cannot answer\n\n");
        foreach (var reason in UnansweringCatalog.Entries.GroupBy(entry => entry.Reason, entry => entry.Name))
        {
            text.Append("- ").AppendJoin(", ", reason).Append(": ").Append(reason.Key).Append(".\n");
        }

        return text.ToString();
    }

    private static Dictionary<(string Package, string Name), string> Remarks(string page)
    {
        var remarks = new Dictionary<(string, string), string>();
        var package = string.Empty;
        foreach (var line in page.Split('\n'))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                package = line[4..];
            }
            else if (line.StartsWith("| ", StringComparison.Ordinal) && line.Split('|') is { Length: >= 6 } cells)
            {
                remarks[(package, cells[1].Trim())] = string.Join('|', cells[4..^1]).Trim();
            }
        }

        return remarks;
    }

    // predict, decision_function (predict_proba): in parentheses what only some of its models can.
    private static string MethodsOf(ClassRecord record)
    {
        if (record.Models == 0)
        {
            return "as its base class";
        }

        var always = MethodNames.List(record.Always);
        var sometimes = MethodNames.List(record.Sometimes & ~record.Always);
        return sometimes.Length == 0 ? always : $"{always}{(always.Length == 0 ? string.Empty : " ")}({sometimes})";
    }

    private static string ReleasesOf(ClassRecord record) => record.Models == 0 ? "none" : string.Join(", ", record.Releases.Select(release => release[..release.LastIndexOf('.')]));
}
