using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Skiff.House.Tests.Deploy;

/// <summary>deploy/grafana: the dashboard asks the data source that is provisioned, for what the programs expose, and its panels lie side by side.</summary>
public partial class GrafanaTests
{
    private const string Grid = "gridPos";

    private static readonly JsonNode Dashboard = JsonNode.Parse(Repository.Read("deploy/grafana/dashboards/skiff.json"))!;

    private static JsonNode[] Panels => [.. Dashboard["panels"]!.AsArray().Select(panel => panel!)];

    private static string[] Expressions => [.. Manifest.All(Dashboard).OfType<JsonObject>().Select(node => (string?)node["expr"]).OfType<string>()];

    [Fact]
    public void Dashboard_IsWhereItIsLookedFor()
    {
        var folder = (string)Assert.Single(Manifest.Read("deploy/grafana/provisioning/dashboards/skiff.yaml"))["providers"]![0]!["options"]!["path"]!;
        var mounts = Assert.Single(Manifest.Read("deploy/compose/compose.yaml"))["services"]!["grafana"]!["volumes"]!.AsArray();

        Assert.Contains($"../grafana/dashboards:{folder}:ro", mounts.Select(mount => mount!.ToString()));
    }

    [Fact]
    public void DataSource_OfEverything_IsTheVariable_ThatStartsAsTheProvisionedOne()
    {
        var provisioned = Assert.Single(Assert.Single(Manifest.Read("deploy/grafana/provisioning/datasources/prometheus.yaml"))["datasources"]!.AsArray())!;
        var variable = Dashboard["templating"]!["list"]!.AsArray().Single(item => (string?)item!["type"] == "datasource")!;

        Assert.Equal((string?)provisioned["uid"], (string?)variable["current"]!["value"]);
        Assert.Equal((string?)provisioned["type"], (string?)variable["query"]);
        Assert.All(Manifest.All(Dashboard).OfType<JsonObject>().Select(node => node["datasource"]).OfType<JsonNode>(), source =>
        {
            Assert.Equal((string?)provisioned["type"], (string?)source["type"]);
            Assert.Equal($"${{{variable["name"]}}}", (string?)source["uid"]);
        });
        Assert.All(Panels.Where(panel => (string?)panel["type"] != "row"), panel => Assert.All(panel["targets"]!.AsArray(), target => Assert.NotNull(target!["datasource"])));
    }

    [Fact]
    public void Expressions_Series_AreExposed() => Repository.AssertNone(Expressions.Concat(Variables().Select(variable => variable.Series)).SelectMany(PromQL.Unknown));

    [Fact]
    public void Expressions_Variables_AreThere()
    {
        var known = Dashboard["templating"]!["list"]!.AsArray().Select(variable => (string)variable!["name"]!).ToHashSet(StringComparer.Ordinal);

        Repository.AssertNone(from expression in Expressions
                              from match in Variable().Matches(expression)
                              where !known.Contains(match.Groups["name"].Value)
                              select expression);
    }

    [Fact]
    public void Variables_Labels_AreThoseOfTheirSeries() =>
        Repository.AssertNone(Variables().SelectMany(variable => PromQL.Unknown($"sum by ({variable.Label}) ({variable.Series})")));

    [Fact]
    public async Task Expressions_Prometheus_CanReadThem()
    {
        var rules = new StringBuilder("groups: [{name: dashboard, rules: [\n");
        foreach (var (place, expression) in Expressions.Index())
        {
            rules.Append("{record: 'expression").Append(place).Append("', expr: '").Append(Interval().Replace(expression, "[1m]")).Append("'},\n");
        }

        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yml");
        await File.WriteAllTextAsync(file, rules.Append("]}]").ToString(), TestContext.Current.CancellationToken);
        try
        {
            var (exitCode, output, error) = await Tool.RunAsync("promtool", "check", "rules", file);
            Assert.True(exitCode == 0, output + error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Panels_Identity_IsTheirOwn()
    {
        Assert.Equal("skiff", (string?)Dashboard["uid"]);
        Assert.Equal(Panels.Length, Panels.Select(panel => (int)panel["id"]!).Distinct().Count());
        Assert.Equal(Panels.Length, Panels.Select(panel => (string?)panel["title"]).Distinct().Count());
    }

    [Fact]
    public void Panels_Places_DoNotOverlap()
    {
        var places = Panels.Select(panel => (Title: (string)panel["title"]!, Cells: Cells(panel[Grid]!))).ToArray();

        Repository.AssertNone(from one in Enumerable.Range(0, places.Length)
                              from other in Enumerable.Range(one + 1, places.Length - one - 1)
                              where places[one].Cells.Overlaps(places[other].Cells)
                              select $"{places[one].Title} and {places[other].Title}");
        Assert.All(Panels, panel => Assert.True((int)panel[Grid]!["x"]! + (int)panel[Grid]!["w"]! <= 24));
    }

    private static HashSet<(int X, int Y)> Cells(JsonNode place) =>
        [.. from x in Enumerable.Range((int)place["x"]!, (int)place["w"]!) from y in Enumerable.Range((int)place["y"]!, (int)place["h"]!) select (x, y)];

    private static IEnumerable<(string Series, string Label)> Variables() =>
        from variable in Dashboard["templating"]!["list"]!.AsArray()
        where (string?)variable!["type"] == "query"
        let match = LabelValues().Match((string)variable["query"]!["query"]!)
        select (match.Groups["series"].Value, match.Groups["label"].Value);

    [GeneratedRegex(@"\$(?!__)(?<name>\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\[\$__\w+\]")]
    private static partial Regex Interval();

    [GeneratedRegex(@"^label_values\((?<series>\w+), (?<label>\w+)\)$")]
    private static partial Regex LabelValues();
}
