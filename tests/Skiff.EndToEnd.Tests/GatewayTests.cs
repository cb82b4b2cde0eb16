using System.Net;
using System.Text.Json.Nodes;
using Skiff.TestKit;

namespace Skiff.EndToEnd.Tests;

/// <summary>The published gateway in front of the published server, while versions come and go by the published command.</summary>
public class GatewayTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task Predict_ThroughGateway_WrapsTheAnswerOfTheVersionAskedFor()
    {
        using var registry = TempRegistry.Sentiment();
        registry.SaveVersion("0.9.0", TempRegistry.OtherModel);
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        await server.UntilAsync("0.9.0 is found", async () => (await server.PredictAsync("fine", "0.9.0")).Status == HttpStatusCode.OK);
        await using var gateway = await SkiffGateway.StartAsync([server]);

        Assert.Equal(("1.0.0", "positive"), Result(await gateway.PredictAsync("this is a great product")));
        Assert.Equal(("0.9.0", "good"), Result(await gateway.PredictAsync("this is a great product", "0.9.0")));
        Assert.Equal(("1.0.0", "negative"), Result(await gateway.PredictAsync("I hate this terrible product", "1.0.0")));
        Assert.Equal(3, await gateway.CountAsync("skiff_gateway_tries_total"));
    }

    [Fact]
    public async Task Predict_UnknownVersion_IsTheModelServersAnswerInABadGateway()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        await using var gateway = await SkiffGateway.StartAsync([server]);

        var answer = await gateway.PredictAsync("fine", "9.9.9");

        answer.AssertStatus(HttpStatusCode.BadGateway);
        Assert.Equal(404, (int?)answer.Json["modelServer"]!["status"]);
        Assert.Contains("9.9.9", (string?)answer.Json["modelServer"]!["body"]!["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registry_PublishedPromotedAndRolledBack_IsSeenEverywhere()
    {
        using var registry = TempRegistry.Sentiment();
        using var files = new TemporaryFolder();
        var model = Path.Combine(files.Path, "model.joblib");
        await File.WriteAllBytesAsync(model, TempRegistry.OtherModel, TestContext.Current.CancellationToken);
        await using var server = await SkiffServer.StartAsync(registry.Root, "--access-log", "true");
        await server.UntilReadyAsync();
        await using var gateway = await SkiffGateway.StartAsync([server]);
        await AssertServingAsync(gateway, server, ("1.0.0", "positive"), [("1.0.0", true)]);

        await RegistryAsync("publish", model, "--version", "1.1.0", "--registry", registry.Root);
        await gateway.UntilAsync("1.1.0 is listed", async () => (await ModelsAsync(gateway)).Any(version => version.Version == "1.1.0"));
        await AssertServingAsync(gateway, server, ("1.0.0", "positive"), [("1.0.0", true), ("1.1.0", false)]);

        await RegistryAsync("promote", "1.1.0", "--registry", registry.Root);
        await gateway.UntilAsync("1.1.0 is the latest", async () => await LatestAsync(gateway) == "1.1.0");
        await AssertServingAsync(gateway, server, ("1.1.0", "good"), [("1.0.0", false), ("1.1.0", true)]);
        await AssertSwapLoggedAsync(server, "1.0.0", "1.1.0");

        await RegistryAsync("rollback", "--registry", registry.Root);
        await gateway.UntilAsync("1.0.0 is the latest", async () => await LatestAsync(gateway) == "1.0.0");
        await AssertServingAsync(gateway, server, ("1.0.0", "positive"), [("1.0.0", true), ("1.1.0", false)]);
        await AssertSwapLoggedAsync(server, "1.1.0", "1.0.0");
    }

    [Fact]
    public async Task Request_WithIdAndTrace_IsFollowedThroughBothLogsHeaderAndBody()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root, "--access-log", "true");
        await server.UntilReadyAsync();
        await using var gateway = await SkiffGateway.StartAsync([server], new Dictionary<string, string> { ["SKIFF_ACCESS_LOG"] = "true" });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = new StringContent("""{"text":"fine"}""", null, "application/json") };
        request.Headers.Add("X-Request-Id", "order-4711");
        request.Headers.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");

        var answer = await Answer.ReadAsync(gateway.Client.SendAsync(request, TestContext.Current.CancellationToken));

        answer.AssertStatus(HttpStatusCode.OK);
        Assert.Equal(("order-4711", "order-4711", "order-4711"), (answer.RequestId, answer.Text("requestId"), (string?)answer.Json["result"]!["requestId"]));
        foreach (var program in new RunningProgram[] { gateway, server })
        {
            var line = Assert.Single(await LogLine.OfRequestAsync(program, "order-4711"));
            Assert.Equal((TraceId, "/predict", 200), ((string?)line["traceId"], (string?)line["path"], (int?)line["status"]));
        }
    }

    [Fact]
    public async Task Request_WithoutId_GetsOneThatIsTheSameEverywhere()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root, "--access-log", "true");
        await server.UntilReadyAsync();
        await using var gateway = await SkiffGateway.StartAsync([server], new Dictionary<string, string> { ["SKIFF_ACCESS_LOG"] = "true" });

        var answer = await gateway.PredictAsync("fine");

        Assert.Equal((answer.RequestId, answer.RequestId), (answer.Text("requestId"), (string?)answer.Json["result"]!["requestId"]));
        Assert.NotNull(answer.RequestId);
        Assert.Single(await LogLine.OfRequestAsync(gateway, answer.RequestId));
        Assert.Single(await LogLine.OfRequestAsync(server, answer.RequestId));
    }

    [Fact]
    public async Task Log_OfEveryProgramAtItsLowestLevel_HoldsNoSecret()
    {
        const string replaced = "key-that-was-replaced-55d0";
        const string wrong = "key-that-nobody-has-1b77";
        const string ofServer = "key-of-the-model-server-c20e";
        const string query = "token-in-a-query-8f3a";
        const string text = "what-a-customer-wrote-e6d1";
        using var registry = TempRegistry.Sentiment();
        using var files = new TemporaryFolder();
        var keys = await WriteAsync("keys", "caller:" + replaced);
        var serverKeys = await WriteAsync("server-keys", "gateway:" + ofServer);
        var gatewayKey = await WriteAsync("gateway-key", ofServer);
        await using var server = await SkiffServer.StartAsync(
            registry.Root, "--access-log", "true", "--log-level", "trace", "--api-keys-file", serverKeys);
        await server.UntilReadyAsync();
        await using var gateway = await SkiffGateway.StartAsync([server], new Dictionary<string, string>
        {
            ["API_KEYS_FILE"] = keys,
            ["SKIFF_ACCESS_LOG"] = "true",
            ["SKIFF_LOG_LEVEL"] = "trace",
            ["SKIFF_MODEL_API_KEY_FILE"] = gatewayKey,
        });

        var ids = new List<string>();
        await AskAsync(replaced, "/v1/models?token=" + query, HttpStatusCode.OK);
        await AskAsync(wrong, "/admin/models?token=" + query, HttpStatusCode.Unauthorized);
        await WriteAsync("keys", "caller:" + SkiffGateway.Key);
        await gateway.UntilAsync("the new key counts", async () => (await gateway.PredictAsync(text)).Status == HttpStatusCode.OK);
        await AskAsync(replaced, "/admin/models", HttpStatusCode.Unauthorized);
        await AskAsync(SkiffGateway.Key, "/v2/models/nothing?token=" + query, HttpStatusCode.NotFound);

        foreach (var id in ids)
        {
            await LogLine.OfRequestAsync(gateway, id);
        }

        await LogLine.OfRequestAsync(server, ids[^1]);
        foreach (var secret in new[] { replaced, wrong, ofServer, query, text, SkiffGateway.Key })
        {
            Assert.DoesNotContain(secret, gateway.Log, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, server.Log, StringComparison.Ordinal);
        }

        async Task<string> WriteAsync(string name, string line)
        {
            var path = Path.Combine(files.Path, name);
            await File.WriteAllTextAsync(path, line + "\n", TestContext.Current.CancellationToken);
            return path;
        }

        async Task AskAsync(string key, string path, HttpStatusCode expected)
        {
            using var client = RunningProgram.LoopbackClient(gateway.Port);
            client.DefaultRequestHeaders.Add("X-API-Key", key);
            var answer = await Answer.ReadAsync(client.GetAsync(path, TestContext.Current.CancellationToken));
            answer.AssertStatus(expected);
            ids.Add(answer.RequestId!);
        }
    }

    [Fact]
    public async Task Terminate_Gateway_EndsWithZero()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        await using var gateway = await SkiffGateway.StartAsync([server], new Dictionary<string, string> { ["SKIFF_DRAIN_DELAY"] = "0" });

        gateway.Terminate();

        Assert.Equal(0, await gateway.ExitCodeAsync());
    }

    private static async Task RegistryAsync(params string[] arguments) => (await SkiffBinary.RunAsync(["registry", .. arguments])).AssertSucceeded();

    /// <summary>Which version serves, as answers, lists, metrics and log tell it.</summary>
    private static async Task AssertServingAsync(
        SkiffGateway gateway, SkiffServer server, (string Version, string Prediction) expected, IEnumerable<(string Version, bool Serving)> listed)
    {
        var answer = await gateway.PredictAsync("this is a great product");
        Assert.Equal(expected, Result(answer));
        Assert.Equal(listed, await ModelsAsync(gateway));
        Assert.Equal(listed, Versions(JsonNode.Parse((await server.GetAsync("/models")).Body)));
        var serving = (await server.GetAsync("/metrics")).Body.Split('\n').Where(line => line.StartsWith("skiff_model_serving{", StringComparison.Ordinal));
        Assert.Contains($$"""version="{{expected.Version}}"} 1""", Assert.Single(serving), StringComparison.Ordinal);
        Assert.Equal(expected.Version, (string?)Assert.Single(await LogLine.OfRequestAsync(server, answer.RequestId!))["version"]);
    }

    private static async Task AssertSwapLoggedAsync(SkiffServer server, string from, string to) => await server.UntilAsync(
        $"the log tells of {from} and {to}",
        () => Task.FromResult(server.LogLines.Any(line => line.Contains($"is answered by version {to}, until now by {from}", StringComparison.Ordinal))));

    private static (string? Version, string? Prediction) Result(Answer answer)
    {
        answer.AssertStatus(HttpStatusCode.OK);
        Assert.Equal("gateway", answer.Text("source"));
        var result = answer.Json["result"]!;
        return ((string?)result["version"], (string?)result["prediction"]);
    }

    private static async Task<IReadOnlyList<(string Version, bool Serving)>> ModelsAsync(SkiffGateway gateway) =>
        Versions((await gateway.GetAsync("/admin/models")).Json["models"]);

    private static IReadOnlyList<(string Version, bool Serving)> Versions(JsonNode? models) =>
        [.. models!.AsArray().Select(model => ((string)model!["version"]!, (bool)model["serving"]!))];

    private static async Task<string?> LatestAsync(SkiffGateway gateway) => (string?)(await gateway.GetAsync("/admin/models/latest")).Json["latestModel"]?["version"];
}
