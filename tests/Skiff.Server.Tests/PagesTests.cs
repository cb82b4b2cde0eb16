using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Skiff.ServiceDefaults;

namespace Skiff.Server.Tests;

public sealed class PagesTests
{
    [Fact]
    public async Task Health_Always_IsOk()
    {
        await using var server = await TestServer.StartAsync(static _ => { }, waitUntilReady: false);
        var answer = await server.SendAsync(HttpMethod.Get, "/health", headers: ("X-Request-Id", "abc"));
        Assert.Equal("""{"status":"ok","detail":"model API running","requestId":"abc"}""", answer.Text);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal(200, (await server.GetAsync("/health/")).Status);
        Assert.Equal(200, (await server.GetAsync("/health/live")).Status);
        var head = await server.SendAsync(HttpMethod.Head, "/health");
        Assert.Equal(200, head.Status);
        Assert.Equal(string.Empty, head.Text);
    }

    [Fact]
    public async Task Ready_EmptyRegistry_BecomesReadyWhenAModelAppears()
    {
        await using var server = await TestServer.StartAsync(static _ => { }, waitUntilReady: false);
        await TestServer.UntilAsync(() => server.Cache.HasLooked);
        var before = await server.GetAsync("/health/ready");
        Assert.Equal(503, before.Status);
        Assert.StartsWith("no model in ", before.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(503, (await server.GetAsync("/health/startup")).Status);
        server.Registry.WriteVersion("1", "text", isLatest: true);
        await TestServer.UntilAsync(() => server.Cache.IsReady);
        Assert.Equal(200, (await server.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await server.GetAsync("/health/startup")).Status);
    }

    [Fact]
    public async Task Ready_Draining_Is503WhileServing()
    {
        await using var server = await TestServer.StartAsync();
        await server.Services.GetRequiredService<Drain>().BeginAsync(TestContext.Current.CancellationToken);
        Assert.Equal(503, (await server.GetAsync("/health/ready")).Status);
        Assert.Equal("""{"ready":false}""", (await server.GetAsync("/v2/health/ready")).Text);
        Assert.Equal(200, (await server.PostAsync("/predict", """{"text":"x"}""")).Status);
    }

    [Fact]
    public async Task Models_SeveralVersions_AreListedLowestFirstWithTheirMetadata()
    {
        await using var server = await TestServer.StartAsync(static r =>
        {
            r.WriteVersion("1.10.0", "text a", """{"version":"1.10.0","x":[1.50,"é"]}""", isLatest: true);
            r.WriteVersion("1.9.0", "text b");
        });
        Assert.Equal(
            """[{"version":"1.9.0","metadata":{"version":"1.9.0"},"serving":false,"status":{"state":"not_loaded"}},{"version":"1.10.0","metadata":{"version":"1.10.0","x":[1.50,"é"]},"serving":true,"status":{"state":"serving"}}]""",
            WithoutDates((await server.GetAsync("/models")).Text));
        var latest = (await server.GetAsync("/models/latest")).Json;
        Assert.Equal("1.10.0", latest.GetProperty("version").GetString());
        Assert.Equal("""{"state":"serving"}""", WithoutDates(latest.GetProperty("status").GetRawText()));
        Assert.Equal(
            """{"platform":"sklearn_joblib","producer":"a test","input":{"form":"text","columns":[{"name":"text","kind":"text"}]},"outputs":[{"name":"predict","kind":"label","columns":0},{"name":"predict_proba","kind":"float64","columns":2}],"classes":["negative","a"]}""",
            latest.GetProperty("signature").GetRawText());
        Assert.Equal("""{"state":"loaded"}""", WithoutDates((await server.GetAsync("/models/1.9.0")).Json.GetProperty("status").GetRawText()));
        Assert.Equal(404, (await server.GetAsync("/models/9")).Status);
    }

    [Fact]
    public async Task Models_SeveralModels_CarryTheirNamesAndCanBeFiltered()
    {
        await using var server = await TestServer.StartAsync(static r =>
        {
            r.WriteVersion("1", "text", isLatest: true, under: "mood");
            r.WriteVersion("1", "matrix", isLatest: true, under: "sum");
        });
        Assert.Equal(["mood", "sum"], (await server.GetAsync("/models")).Json.EnumerateArray().Select(m => m.GetProperty("model").GetString()!));
        Assert.Equal(["sum"], (await server.GetAsync("/models?model=sum")).Json.EnumerateArray().Select(m => m.GetProperty("model").GetString()!));
        Assert.Equal("matrix", (await server.GetAsync("/models/latest?model=sum")).Json.GetProperty("signature").GetProperty("input").GetProperty("form").GetString());
        Assert.Equal(422, (await server.GetAsync("/models/latest")).Status);
        Assert.Equal(404, (await server.GetAsync("/models?model=nope")).Status);
    }

    [Fact]
    public async Task Docs_Page_NeedsNoOtherServer()
    {
        await using var server = await TestServer.StartAsync();
        var page = await server.GetAsync("/docs");
        Assert.Equal("text/html; charset=utf-8", page.ContentType);
        Assert.DoesNotContain("//", page.Text.Replace("://json-schema.org", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApi_Document_DescribesEveryPath()
    {
        await using var server = await TestServer.StartAsync();
        var document = (await server.GetAsync("/openapi.json")).Json;
        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        var paths = document.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToList();
        Assert.Equal(
            [
                "/predict", "/health", "/health/live", "/health/ready", "/health/startup", "/models", "/models/latest", "/models/{version}", "/metrics",
                "/v1/models", "/v1/models/{model}", "/v1/models/{model}:predict",
                "/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/{model}", "/v2/models/{model}/ready", "/v2/models/{model}/infer",
                "/v2/models/{model}/versions/{version}", "/v2/models/{model}/versions/{version}/ready", "/v2/models/{model}/versions/{version}/infer",
            ],
            paths);
        foreach (var path in paths)
        {
            Assert.Contains(path, Resource.Read("http-api.md"), StringComparison.Ordinal);
        }

        AssertReferencesExist(document, document);
    }

    [Fact]
    public async Task Metrics_AfterRequests_CountThemByVersionAndOutcome()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync("/predict", """{"text":"x"}""");
        await server.PostAsync("/predict", """{"text":5}""");
        await server.PostAsync("/predict", "nope");
        await server.PostAsync("/v1/models/nope:predict", """{"instances":["x"]}""");
        var answer = await server.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.ContentType);
        var lines = answer.Text.Split('\n');
        Assert.Contains("skiff_request_duration_seconds_count{model=\"default\",version=\"1.0.0\",protocol=\"simple\",outcome=\"ok\"} 1", lines);
        Assert.Contains("skiff_request_failures_total{protocol=\"simple\",reason=\"invalid_request\"} 1", lines);
        Assert.Contains("skiff_request_failures_total{protocol=\"simple\",reason=\"invalid_json\"} 1", lines);
        Assert.Contains("skiff_request_failures_total{protocol=\"v1\",reason=\"unknown_model\"} 1", lines);
        Assert.Contains("skiff_model_loads_total{model=\"default\",outcome=\"ok\"} 1", lines);
        Assert.Contains("skiff_model_swaps_total{model=\"default\"} 1", lines);
        Assert.Contains("skiff_model_serving{model=\"default\",version=\"1.0.0\"} 1", lines);
        Assert.Contains(lines, static l => l.StartsWith("process_resident_memory_bytes ", StringComparison.Ordinal));
    }

    private static void AssertReferencesExist(JsonElement document, JsonElement element)
    {
        foreach (var child in element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(p => p.Value)
            : element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [])
        {
            AssertReferencesExist(document, child);
        }

        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var reference))
        {
            var target = reference.GetString()!.Split('/').Skip(1).Aggregate(document, static (at, name) => at.GetProperty(name));
            Assert.Equal(JsonValueKind.Object, target.ValueKind);
        }
    }

    private static string WithoutDates(string json) => Regex.Replace(json, @",""since"":""\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z""", "");
}
