using System.Net;

namespace Skiff.EndToEnd.Tests;

/// <summary>Registries that are not there yet, go away and come back.</summary>
public class RegistryLifeTests
{
    [Fact]
    public async Task Serve_EmptyRegistry_IsHealthyButNotReadyAndSaysSo()
    {
        using var registry = TempRegistry.Empty();
        await using var server = await SkiffServer.StartAsync(registry.Root);

        var health = await server.GetAsync("/health");
        health.AssertStatus(HttpStatusCode.OK);
        Assert.Equal("ok", health.Text("status"));
        Assert.Equal("model API running", health.Detail);
        Assert.Equal(health.RequestId, health.Text("requestId"));

        (await server.GetAsync("/health/live")).AssertStatus(HttpStatusCode.OK);
        (await server.GetAsync("/health/ready")).AssertStatus(HttpStatusCode.ServiceUnavailable);

        var answer = await server.PredictAsync("this is a great product");
        answer.AssertStatus(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(answer.RetryAfter);
        Assert.Contains("model", answer.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Serve_ModelAppearsInAnEmptyRegistry_BecomesReady()
    {
        using var registry = TempRegistry.Empty();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        (await server.GetAsync("/health/ready")).AssertStatus(HttpStatusCode.ServiceUnavailable);

        registry.CopyBundled();

        await server.UntilReadyAsync();
        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync("this is a great product")).Prediction());
    }

    [Fact]
    public async Task Serve_MissingRegistryIsCreatedLater_BecomesReady()
    {
        using var registry = TempRegistry.Missing();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        (await server.GetAsync("/health")).AssertStatus(HttpStatusCode.OK);
        (await server.GetAsync("/health/ready")).AssertStatus(HttpStatusCode.ServiceUnavailable);

        registry.CopyBundled();

        await server.UntilReadyAsync();
        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync("this is a great product")).Prediction());
    }

    [Fact]
    public async Task Serve_RegistryVanishesAndReturns_ServesTheLastGoodModelThroughout()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        var away = registry.Root + "-away";

        Directory.Move(registry.Root, away);
        try
        {
            for (var request = 0; request < 200; request++)
            {
                Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync("this is a great product")).Prediction());
            }
        }
        finally
        {
            Directory.Move(away, registry.Root);
        }

        registry.Save("1.1.0", TempRegistry.OtherModel);
        await server.UntilAsync("1.1.0 answers", async () => (await server.PredictAsync("this is a great product")).Prediction() == ("1.1.0", "good"));
    }
}
