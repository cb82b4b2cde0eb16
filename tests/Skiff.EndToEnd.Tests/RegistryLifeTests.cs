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

            await server.UntilAsync("readiness says so", async () => (await server.GetAsync("/health/ready")).Detail == $"ready with what is in memory: there is no model in {registry.Root} any more");
            Assert.Contains("the registry is empty or gone; what was loaded keeps serving until it is back", server.Log, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Move(away, registry.Root);
        }

        registry.Save("1.1.0", TempRegistry.OtherModel);
        await server.UntilAsync("1.1.0 answers", async () => (await server.PredictAsync("this is a great product")).Prediction() == ("1.1.0", "good"));
        Assert.Equal("ready", (await server.GetAsync("/health/ready")).Detail);
    }

    [Fact]
    public async Task Serve_RegistryIsDeletedAndWrittenAnew_TakesWhatIsInTheNewOne()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();

        Directory.Delete(registry.Root, recursive: true);
        await server.UntilAsync("it is gone", async () => (await server.GetAsync("/health/ready")).Detail.StartsWith("ready with", StringComparison.Ordinal));
        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync("this is a great product")).Prediction());
        registry.Save("2.0.0", TempRegistry.OtherModel);

        await server.UntilAsync("2.0.0 answers", async () => (await server.PredictAsync("this is a great product")).Prediction() == ("2.0.0", "good"));
    }
}
