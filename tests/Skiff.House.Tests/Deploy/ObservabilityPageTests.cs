using System.Text.Json;
using System.Text.RegularExpressions;

namespace Skiff.House.Tests.Deploy;

/// <summary>docs/observability.md against the code, and against the alert rules.</summary>
public partial class ObservabilityPageTests
{
    private const string Page = "docs/observability.md";

    /// <summary>A server that Prometheus asks, and the tables that list its metrics.</summary>
    public static TheoryData<string> Programs => ["Of the model server", "Of the gateway"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Metrics_OfTheTables_AreThoseOfTheCode(string heading)
    {
        var declared = heading == "Of the gateway" ? ExposedMetric.Gateway : ExposedMetric.ModelServer;
        var told = Metrics(heading).Concat(Metrics("Of both")).ToArray();

        Assert.Equal(declared.Select(Text).Order(StringComparer.Ordinal), told.Select(Text).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Reasons_OfTheTables_AreThoseOfTheCode(string heading) =>
        Assert.Equal(Reasons(heading).Order(StringComparer.Ordinal), Rows(heading, "reason").SelectMany(cells => Quoted(cells[0])).Order(StringComparer.Ordinal));

    [Fact]
    public void Alerts_OfTheTable_AreTheRules()
    {
        var told = from cells in Rows("Dashboard and alerts", "alert")
                   from name in Quoted(cells[0])
                   select $"{name} {cells[1]}";
        var rules = from document in Manifest.Read("deploy/prometheus/alerts.yml")
                    from node in Manifest.All(document)
                    where node is System.Text.Json.Nodes.JsonObject && node["alert"] is not null
                    select $"{node["alert"]} {node["labels"]!["severity"]}";

        Assert.Equal(rules.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void LogFields_OfTheTable_AreThoseOfTheLines()
    {
        string[] lines = ["src/Skiff.ServiceDefaults/Requests/RequestLog.cs", "src/Skiff.Gateway/Hosting/AccessLog.cs"];
        var fields = lines.SelectMany(file => Found(file, Placeholder())).Select(JsonNamingPolicy.CamelCase.ConvertName).Distinct(StringComparer.Ordinal);

        Assert.Equal(fields.Order(StringComparer.Ordinal), Rows("Logs", "field").SelectMany(cells => Quoted(cells[0])).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SpanAttributes_OfTheTable_AreThoseOfTheCode()
    {
        var set = Repository.Files("src", ".cs").SelectMany(file => Found(file, Attribute())).Distinct(StringComparer.Ordinal);
        var told = Rows("Traces, metrics and logs by OTLP", "span").SelectMany(cells => AttributeName().Matches(cells[2])).Select(match => match.Value).Distinct(StringComparer.Ordinal);

        Assert.Equal(set.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("deploy/prometheus/alerts.yml")]
    [InlineData("deploy/grafana/dashboards/skiff.json")]
    public void Expressions_Reasons_AreThoseOfTheCode(string file)
    {
        var known = Programs.SelectMany(heading => Reasons(heading.Data)).Concat(["ok", "client_error", "server_error"]).ToHashSet(StringComparer.Ordinal);
        var text = Repository.Read(file).Replace("\\\"", "\"", StringComparison.Ordinal);
        var used = PromQL.ValuesOf(text, "reason").Concat(PromQL.ValuesOf(text, "outcome")).ToArray();

        Assert.NotEmpty(used);
        Repository.AssertNone(used.Where(value => !known.Contains(value)));
    }

    private static string Text(ExposedMetric metric) => $"{metric.Name} {metric.Type} {string.Join(' ', metric.Labels)}";

    private static IEnumerable<ExposedMetric> Metrics(string heading) =>
        from cells in Rows(heading, "name")
        select new ExposedMetric(Assert.Single(Quoted(cells[0])), cells[1], [.. Quoted(cells[2])]);

    /// <summary>The values of the label <c>reason</c> that a program's code has.</summary>
    private static HashSet<string> Reasons(string heading) => heading == "Of the gateway"
        ? [.. Found("src/Skiff.Gateway/Forwarding/TryOutcome.cs", Arm()), .. Repository.Files("src/Skiff.Gateway", ".cs").SelectMany(file => Found(file, Failure()))]
        : [.. Found("src/Skiff.Server/Inference/FailureReason.cs", Arm()).Where(reason => reason != "none")];

    private static IEnumerable<string> Found(string file, Regex pattern) =>
        from match in pattern.Matches(Repository.Read(file))
        from capture in match.Groups["value"].Captures
        select capture.Value;

    /// <summary>The rows of the table below a heading whose first column's head has a word in it.</summary>
    private static string[][] Rows(string heading, string first)
    {
        var rows = Repository.ReadLines(Page)
            .SkipWhile(line => line.TrimStart('#') != " " + heading).Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .SkipWhile(line => !line.StartsWith('|') || !line.Split('|')[1].Contains(first, StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToArray();
        Assert.NotEmpty(rows);
        return rows;
    }

    private static IEnumerable<string> Quoted(string cell) => from match in Code().Matches(cell) select match.Value;

    [GeneratedRegex("(?<=`)[A-Za-z_]+(?=`)")]
    private static partial Regex Code();

    [GeneratedRegex("=> \"(?<value>[a-z_]+)\"")]
    private static partial Regex Arm();

    [GeneratedRegex("(?<=LoggerMessage.*)\\{(?<value>[A-Z][A-Za-z]+)\\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("SetTag\\(\"(?<value>skiff\\.[a-z._]+)\"")]
    private static partial Regex Attribute();

    [GeneratedRegex("(?<=`)skiff\\.[a-z._]+(?=`)")]
    private static partial Regex AttributeName();

    // One text, or two of which a condition picks one.
    [GeneratedRegex("Failure\\((?:[^;\"]*\"(?<value>[a-z_]+)\")+")]
    private static partial Regex Failure();
}
