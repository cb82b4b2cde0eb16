namespace Skiff.Server.Tests;

public sealed class MemoryBudgetTests
{
    private const string Good = """{"text":"good"}""";

    [Fact]
    public async Task Lazy_OverTheBudget_TheLeastRecentlyUsedGoesAndComesBackWhenAskedFor()
    {
        await using var server = await StartAsync(Fill, LoadMode.Lazy, 2500);
        foreach (var model in new[] { "a", "b", "a", "c", "a" })
        {
            Assert.Equal(200, (await AskAsync(server, model)).Status);
        }

        Assert.Equal(3, server.Loader.Loads);
        Assert.Equal(["a serving", "b unloaded", "c serving"], await StatesAsync(server));
        var metrics = (await server.GetAsync("/metrics")).Text;
        Assert.Contains("skiff_models_loaded 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("skiff_models_loaded_bytes 2000\n", metrics, StringComparison.Ordinal);
        Assert.Contains("skiff_model_evictions_total{model=\"b\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Equal(200, (await server.GetAsync("/v2/models/b/ready")).Status);

        Assert.Equal(200, (await AskAsync(server, "b")).Status);
        Assert.Equal(4, server.Loader.Loads);
        Assert.Equal(["a serving", "b serving", "c unloaded"], await StatesAsync(server));
    }

    [Fact]
    public async Task Lazy_NamedVersion_CountsAsAUseOfWhatServes()
    {
        await using var server = await StartAsync(Fill, LoadMode.Lazy, 2500);
        await AskAsync(server, "a");
        await AskAsync(server, "b");
        Assert.Equal(200, (await server.PostAsync("/predict", """{"model":"a","text":"good","version":"1"}""")).Status);
        await AskAsync(server, "c");
        Assert.Equal(["a serving", "b unloaded", "c serving"], await StatesAsync(server));
    }

    [Fact]
    public async Task Lazy_EvictedWhileARequestRuns_TheRequestIsAnswered()
    {
        await using var server = await StartAsync(
            static r =>
            {
                r.WriteVersion("1", "slow size=1000", isLatest: true, under: "a");
                r.WriteVersion("1", "text size=1000", isLatest: true, under: "b");
            },
            LoadMode.Lazy,
            1500);
        var slow = AskAsync(server, "a");
        await server.Loader.Begun.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(200, (await AskAsync(server, "b")).Status);
        Assert.Equal(["a unloaded", "b serving"], await StatesAsync(server));
        server.Loader.Gate.Release();
        Assert.Equal(200, (await slow).Status);
    }

    [Fact]
    public async Task Lazy_Evicted_IsCollectable()
    {
        await using var server = await StartAsync(Fill, LoadMode.Lazy, 1500);
        await AskAsync(server, "a");
        await AskAsync(server, "b");
        Assert.True(server.Loader.Models.TryPeek(out var first));
        await TestServer.UntilAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !first.IsAlive;
        });
    }

    [Theory]
    [InlineData(LoadMode.Lazy)]
    [InlineData(LoadMode.Eager)]
    public async Task Model_LargerThanTheBudget_IsRefusedInWordsThatNameTheSetting(LoadMode load)
    {
        const string Reason = "it takes about 5000 bytes of memory, more than --memory-budget (SKIFF_MEMORY_BUDGET) allows: 4999";
        await using var server = await StartAsync(static r => r.WriteVersion("1", "text size=5000", isLatest: true), load, 4999, waitUntilReady: false);
        await TestServer.UntilAsync(() => server.Cache.HasLooked);
        for (var i = 0; i < 2; i++)
        {
            var answer = await server.PostAsync("/predict", """{"text":"good","version":"1"}""");
            Assert.Equal((409, $"Model version '1' was refused: {Reason}"), (answer.Status, answer.Json.GetProperty("detail").GetString()));
        }

        Assert.Equal(1, server.Loader.Loads);
        Assert.Equal(0, server.Cache.Versions.Bytes);
        if (load == LoadMode.Eager)
        {
            await TestServer.UntilAsync(() => server.Cache.WhyNotReady()!.Contains(Reason, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Model_AsLargeAsTheBudget_IsServed()
    {
        await using var server = await StartAsync(static r => r.WriteVersion("1", "text size=5000", isLatest: true), LoadMode.Eager, 5000);
        Assert.Equal(200, (await server.PostAsync("/predict", Good)).Status);
    }

    [Fact]
    public async Task Eager_OverTheBudget_WhatServesStaysAndOthersGo()
    {
        await using var server = await StartAsync(
            static r =>
            {
                r.WriteVersion("1", "text one size=1000");
                r.WriteVersion("2", "text two size=1000");
                r.WriteVersion("3", "text three size=1000", isLatest: true);
            },
            LoadMode.Eager,
            2500);
        foreach (var version in new[] { "1", "2" })
        {
            Assert.Equal(200, (await server.PostAsync("/predict", $$"""{"text":"good","version":"{{version}}"}""")).Status);
        }

        Assert.Equal(["1 unloaded", "2 loaded", "3 serving"], await StatesAsync(server, "version"));
        Assert.Equal((2, 2000), (server.Cache.Versions.Count, server.Cache.Versions.Bytes));
    }

    [Fact]
    public async Task Eager_NoRoomBesideWhatServes_AVersionAskedForByNameAnswersAndDoesNotStay()
    {
        await using var server = await StartAsync(
            static r =>
            {
                r.WriteVersion("1", "text one size=1000");
                r.WriteVersion("2", "text two size=1000", isLatest: true);
            },
            LoadMode.Eager,
            1500);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("one", (await server.PostAsync("/predict", """{"text":"good","version":"1"}""")).Json.GetProperty("prediction").GetString());
            Assert.Equal(["1 unloaded", "2 serving"], await StatesAsync(server, "version"));
        }

        Assert.Equal("two", (await server.PostAsync("/predict", Good)).Json.GetProperty("prediction").GetString());
        Assert.Equal(3, server.Loader.Loads);
    }

    private static void Fill(TestRegistry registry)
    {
        foreach (var model in new[] { "a", "b", "c" })
        {
            registry.WriteVersion("1", "text size=1000", isLatest: true, under: model);
        }
    }

    private static Task<TestServer> StartAsync(Action<TestRegistry> fill, LoadMode load, long budget, bool waitUntilReady = true) =>
        TestServer.StartAsync(fill, o => (o.Server.Load, o.Server.MemoryBudget) = (load, budget), waitUntilReady: waitUntilReady);

    private static Task<Answer> AskAsync(TestServer server, string model) => server.PostAsync("/predict", $$"""{"model":"{{model}}","text":"good"}""");

    private static async Task<string[]> StatesAsync(TestServer server, string name = "model") =>
        [.. (await server.GetAsync("/models")).Json.EnumerateArray().Select(v => $"{v.GetProperty(name).GetString()} {v.GetProperty("status").GetProperty("state").GetString()}")];
}
