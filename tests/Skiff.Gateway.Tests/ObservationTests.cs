using System.Net;
using System.Net.Sockets;
using Skiff.Gateway.Tests.Support;
using Skiff.TestKit;

namespace Skiff.Gateway.Tests;

/// <summary>What the gateway tells of its requests.</summary>
public sealed class ObservationTests
{
    [Fact]
    public async Task Metrics_OnTheirPort_AreOpenAndNowhereElse()
    {
        var port = FreePort();
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(o => o.MetricsPort = port, server.Url);
        await gateway.PostAsync("/predict");
        var page = await gateway.SendBareAsync(HttpMethod.Get, $"http://127.0.0.1:{port}/metrics", null);
        Assert.Equal((200, "text/plain; version=0.0.4; charset=utf-8"), (page.Status, page.ContentType));
        foreach (var line in new[]
        {
            """skiff_gateway_request_duration_seconds_count{route="predict",outcome="ok"} 1""",
            $$"""skiff_gateway_tries_total{server="{{server.Id}}",outcome="answered"} 1""",
            """skiff_gateway_key_requests_total{key="web",outcome="ok"} 1""",
            "skiff_gateway_requests_running 0",
            "skiff_gateway_requests_waiting 0",
        })
        {
            Assert.Contains(line + "\n", page.Text, StringComparison.Ordinal);
        }

        const string Nothing = "; there are /predict, /admin/models, /admin/models/latest, /v1, /v2 and /health";
        foreach (var path in new[] { "/", "/health", "/predict", "/v2" })
        {
            var reply = await gateway.GetAsync($"http://127.0.0.1:{port}{path}");
            Assert.Equal(404, reply.Status);
            Assert.Contains($"There is nothing at {path}{Nothing}", reply.Text, StringComparison.Ordinal);
        }

        (await gateway.GetAsync("/metrics")).IsProblem(404, "Not Found", $"There is nothing at /metrics{Nothing}");
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("/predict", TestGateway.Key, 200, "web", 1)]
    [InlineData("/v2/models/m/infer", TestGateway.Key, 200, "web", 1)]
    [InlineData("/v1/models/bad:predict", TestGateway.Key, 400, "web", 1)]
    [InlineData("/predict", "wrong", 401, null, null)]
    [InlineData("/nope", TestGateway.Key, 404, null, null)]
    public async Task AccessLog_On_HasALineForEachRequest(string path, string key, int status, string? name, int? tries)
    {
        await using var server = await FakeModelServer.StartAsync(static context => FakeModelServer.SendAsync(
            context, context.Request.Path.Value!.Contains("bad", StringComparison.Ordinal) ? 400 : 200, "application/json", "{}"));
        await using var gateway = await TestGateway.StartAsync(server.Url);
        await gateway.SendBareAsync(HttpMethod.Post, path, TestGateway.JsonContent("{}"), ("X-API-Key", key), ("X-Request-Id", "one"));
        await TestGateway.UntilAsync(() => Lines(gateway).Any());
        var fields = Assert.Single(Lines(gateway)).Fields;
        Assert.Equal(("one", "POST", path, status), (fields["RequestId"], fields["Method"], fields["Path"], fields["Status"]));
        Assert.IsType<double>(fields["DurationMs"]);
        Assert.Equal((name, tries), (fields.GetValueOrDefault("Key"), (int?)fields.GetValueOrDefault("Tries")));
        Assert.Equal(name is null ? null : server.Id, fields.GetValueOrDefault("Server"));
    }

    [Fact]
    public async Task AccessLog_Off_HasNone()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(static o => o.AccessLog = false, server.Url);
        await gateway.PostAsync("/predict");
        await gateway.StopAsync();
        Assert.Empty(Lines(gateway));
    }

    private static IEnumerable<LogLine> Lines(TestGateway gateway) => gateway.Log.All.Where(static l => l.Category == "Skiff.Access");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
