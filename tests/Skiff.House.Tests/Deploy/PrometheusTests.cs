using System.Text.Json.Nodes;

namespace Skiff.House.Tests.Deploy;

/// <summary>deploy/prometheus, checked by Prometheus' own tool, and against what the programs expose.</summary>
public class PrometheusTests
{
    private const string Folder = "deploy/prometheus/";

    private static readonly JsonNode Compose = Assert.Single(Manifest.Read("deploy/compose/compose.yaml"))["services"]!;

    private static JsonArray Jobs => Assert.Single(Manifest.Read(Folder + "prometheus.yml"))["scrape_configs"]!.AsArray();

    private static JsonNode[] Alerts =>
        [.. Assert.Single(Manifest.Read(Folder + "alerts.yml"))["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!)];

    public static TheoryData<string> Names => [.. Alerts.Select(alert => (string)alert["alert"]!)];

    [Theory]
    [InlineData("check", "config", "prometheus.yml")]
    [InlineData("check", "rules", "alerts.yml")]
    [InlineData("test", "rules", "alerts_test.yml")]
    public async Task Promtool_File_IsTaken(string verb, string what, string file)
    {
        var (exitCode, output, error) = await Tool.RunAsync("promtool", verb, what, Folder + file);

        Assert.True(exitCode == 0, output + error);
        Assert.Contains("SUCCESS", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("up{job=\"a\"} ==")]
    [InlineData("sum(rate(up))")]
    public async Task Promtool_WrongExpression_IsRefused(string expression)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yml");
        await File.WriteAllTextAsync(file, $"groups: [{{name: a, rules: [{{alert: b, expr: '{expression}'}}]}}]", TestContext.Current.CancellationToken);
        try
        {
            Assert.NotEqual(0, (await Tool.RunAsync("promtool", "check", "rules", file)).ExitCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Rules_AreLoaded() =>
        Assert.Equal("alerts.yml", (string?)Assert.Single(Assert.Single(Manifest.Read(Folder + "prometheus.yml"))["rule_files"]!.AsArray()));

    [Fact]
    public void Jobs_AskServicesOfCompose_AtPortsThatTheyExpose()
    {
        foreach (var job in Jobs)
        {
            var target = Assert.Single(job!["dns_sd_configs"]!.AsArray())!;
            var service = Compose[(string)Assert.Single(target["names"]!.AsArray())!]!;
            Assert.Contains(target["port"]!.ToString(), service["expose"]!.AsArray().Select(port => (string?)port));
            Assert.NotEmpty(Networks(service).Intersect(Networks(Compose["prometheus"]!)));
        }
    }

    [Fact]
    public void Alerts_Jobs_AreAsked()
    {
        var known = Jobs.Select(job => (string?)job!["job_name"]).ToHashSet();
        Repository.AssertNone(from alert in Alerts
                              from job in PromQL.ValuesOf((string)alert["expr"]!, "job")
                              where !known.Contains(job)
                              select $"{alert["alert"]}: {job}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Alert_Series_AreExposed(string name) => Repository.AssertNone(PromQL.Unknown((string)Alert(name)["expr"]!));

    [Theory]
    [MemberData(nameof(Names))]
    public void Alert_SaysWhatIsWrongAndWhatToDo(string name)
    {
        var alert = Alert(name);

        Assert.True((string?)alert["labels"]!["severity"] is "critical" or "warning");
        Assert.NotEmpty((string)alert["annotations"]!["summary"]!);
        Assert.NotEmpty((string)alert["annotations"]!["description"]!);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Alert_IsShownToFire_AndNotTo(string name)
    {
        var cases = Assert.Single(Manifest.Read(Folder + "alerts_test.yml"))["tests"]!.AsArray()
            .SelectMany(test => test!["alert_rule_test"]!.AsArray()).Where(item => (string?)item!["alertname"] == name).ToArray();

        Assert.Contains(cases, item => item!["exp_alerts"] is not null);
        Assert.Contains(cases, item => item!["exp_alerts"] is null);
    }

    private static JsonNode Alert(string name) => Alerts.Single(alert => (string?)alert["alert"] == name);

    private static IEnumerable<string?> Networks(JsonNode service) => service["networks"] switch
    {
        JsonObject named => named.Select(network => network.Key),
        JsonArray list => list.Select(network => (string?)network),
        _ => [],
    };
}
