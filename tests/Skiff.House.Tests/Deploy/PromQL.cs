using System.Text.RegularExpressions;

namespace Skiff.House.Tests.Deploy;

/// <summary>What an expression names. Prometheus itself takes any name, and answers that there is nothing.</summary>
internal static partial class PromQL
{
    /// <summary>The labels that each series gets when it is scraped.</summary>
    private static readonly string[] Everywhere = ["job", "instance"];

    /// <summary>Prometheus' own series.</summary>
    private static readonly Dictionary<string, IReadOnlyList<string>> BuiltIn = new(StringComparer.Ordinal)
    {
        ["up"] = [],
        ["ALERTS"] = ["alertname", "alertstate", "severity"],
    };

    /// <summary>The series of an expression.</summary>
    public static IEnumerable<string> Series(string expression) =>
        from match in Name().Matches(Bare(expression))
        select match.Value;

    /// <summary>What an expression names although no program exposes it: series, and labels that none of its series has.</summary>
    public static IEnumerable<string> Unknown(string expression)
    {
        var named = Series(expression).Distinct(StringComparer.Ordinal).ToArray();
        if (named.Length == 0)
        {
            return [$"{expression} names no series"];
        }

        var labels = named.SelectMany(name => LabelsOf(name) ?? []).Concat(Everywhere).ToHashSet(StringComparer.Ordinal);
        return named.Where(name => LabelsOf(name) is null)
            .Concat(Labels(expression).Where(label => !labels.Contains(label)).Select(label => $"{expression} has no {label}"));
    }

    /// <summary>The values that an expression compares a label with.</summary>
    public static IEnumerable<string> ValuesOf(string expression, string label) =>
        from match in Matcher().Matches(expression)
        where match.Groups["label"].Value == label
        from value in match.Groups["value"].Value.Split('|')
        select value;

    private static IReadOnlyList<string>? LabelsOf(string series) => ExposedMetric.Series.GetValueOrDefault(series) ?? BuiltIn.GetValueOrDefault(series);

    private static IEnumerable<string> Labels(string expression) =>
        (from match in Matcher().Matches(expression) select match.Groups["label"].Value)
        .Concat(from match in Grouping().Matches(expression) from label in match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries) where label.Length > 0 select label);

    private static string Bare(string expression) => Grouping().Replace(Braces().Replace(expression, "{}"), " ");

    // What is followed by a bracket is a function. Numbers, words of the language and durations are no names.
    [GeneratedRegex(@"(?<![\w$.\[])(?!(?:and|or|unless|offset|bool|inf|nan|by|without|on|ignoring|group_left|group_right)\b)[a-z_][a-z0-9_]*\b(?!\s*\()", RegexOptions.IgnoreCase)]
    private static partial Regex Name();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left|group_right)\s*\((?<labels>[^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"[{,]\s*(?<label>[a-z]+)\s*(?:=~|!~|!=|=)\s*""(?<value>[^""]*)""")]
    private static partial Regex Matcher();
}
