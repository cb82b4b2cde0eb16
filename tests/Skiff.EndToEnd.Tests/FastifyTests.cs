using System.Net;

namespace Skiff.EndToEnd.Tests;

/// <summary>The users' own gateway, <c>examples/fastify</c>, in front of the published server: both as they are.</summary>
public class FastifyTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Example_OwnTests_Pass() => (await FastifyGateway.OwnTestsAsync()).AssertSucceeded();

    [Fact]
    public async Task Predict_ThroughFastify_WrapsTheAnswerOfTheVersionAskedFor()
    {
        using var registry = TempRegistry.Sentiment();
        registry.SaveVersion("0.9.0", TempRegistry.OtherModel);
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        await server.UntilAsync("0.9.0 is found", async () => (await server.PredictAsync("fine", "0.9.0")).Status == HttpStatusCode.OK);
        await using var fastify = await FastifyGateway.StartAsync(server.Address);

        Assert.Equal(("1.0.0", "positive"), Result(await fastify.PredictAsync("this is a great product")));
        Assert.Equal(("0.9.0", "good"), Result(await fastify.PredictAsync("this is a great product", "0.9.0")));
        Assert.Equal(("1.0.0", "negative"), Result(await fastify.PredictAsync("I hate this terrible product", "1.0.0")));
    }

    [Fact]
    public async Task Predict_UnknownVersion_IsTheModelServersAnswerInABadGateway()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        await using var fastify = await FastifyGateway.StartAsync(server.Address);

        var answer = await fastify.PredictAsync("fine", "9.9.9");

        answer.AssertStatus(HttpStatusCode.BadGateway);
        Assert.Equal(404, (int?)answer.Json["upstream"]!["status"]);
        Assert.Contains("9.9.9", (string?)answer.Json["upstream"]!["body"]!["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_PromotedMeanwhile_ShowWhichVersionAnswers()
    {
        using var registry = TempRegistry.Sentiment();
        registry.SaveVersion("1.1.0", TempRegistry.OtherModel);
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        await using var fastify = await FastifyGateway.StartAsync(server.Address);
        Assert.Equal("1.0.0", await LatestAsync(fastify));

        (await SkiffBinary.RunAsync("registry", "promote", "1.1.0", "--registry", registry.Root)).AssertSucceeded();
        await fastify.UntilAsync("1.1.0 is the latest", async () => await LatestAsync(fastify) == "1.1.0");

        var models = (await fastify.GetAsync("/admin/models")).Json["models"]!.AsArray();
        Assert.Equal([("1.0.0", false), ("1.1.0", true)], models.Select(model => ((string)model!["version"]!, (bool)model["serving"]!)));
    }

    [Fact]
    public async Task Request_WithIdAndTrace_IsFollowedThroughBothLogsHeaderAndBody()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root, "--access-log", "true");
        await server.UntilReadyAsync();
        await using var fastify = await FastifyGateway.StartAsync(server.Address);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = new StringContent("""{"text":"fine"}""", null, "application/json") };
        request.Headers.Add("X-Request-Id", "order-4711");
        request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");

        var answer = await Answer.ReadAsync(fastify.Client.SendAsync(request, TestContext.Current.CancellationToken));

        answer.AssertStatus(HttpStatusCode.OK);
        Assert.Equal(("order-4711", "order-4711", "order-4711"), (answer.RequestId, answer.Text("requestId"), (string?)answer.Json["result"]!["requestId"]));
        foreach (var program in new RunningProgram[] { fastify, server })
        {
            Assert.All(await LogLine.OfRequestAsync(program, "order-4711"), line => Assert.Equal(TraceId, (string?)line["traceId"]));
        }
    }

    [Fact]
    public async Task Key_MissingOrWrong_IsRefusedAndNoKeyIsEverLogged()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root, "--access-log", "true", "--log-level", "trace");
        await server.UntilReadyAsync();
        await using var fastify = await FastifyGateway.StartAsync(server.Address, logLevel: "trace");
        using var stranger = RunningProgram.LoopbackClient(fastify.Port);

        var refused = await Answer.ReadAsync(stranger.GetAsync("/admin/models", TestContext.Current.CancellationToken));
        (await fastify.PredictAsync("fine")).AssertStatus(HttpStatusCode.OK);

        refused.AssertStatus(HttpStatusCode.Unauthorized);
        await LogLine.OfRequestAsync(fastify, refused.RequestId!);
        Assert.DoesNotContain(FastifyGateway.Key, fastify.Log + server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_Fastify_EndsWithZero()
    {
        await using var fastify = await FastifyGateway.StartAsync(new Uri("http://127.0.0.1:1"));

        fastify.Terminate();

        Assert.Equal(0, await fastify.ExitCodeAsync());
    }

    private static (string? Version, string? Prediction) Result(Answer answer)
    {
        answer.AssertStatus(HttpStatusCode.OK);
        Assert.Equal("fastify", answer.Text("source"));
        var result = answer.Json["result"]!;
        return ((string?)result["version"], (string?)result["prediction"]);
    }

    private static async Task<string?> LatestAsync(FastifyGateway fastify) => (string?)(await fastify.GetAsync("/admin/models/latest")).Json["latestModel"]?["version"];
}
