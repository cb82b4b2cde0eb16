using System.Runtime.CompilerServices;

namespace Skiff.Server.Tests;

public sealed class ModelCacheTests
{
    private const string Good = """{"text":"good"}""";

    [Fact]
    public async Task Latest_NewVersion_TakesOverWhileRequestsRun()
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "text one", isLatest: true));
        using var stop = new CancellationTokenSource();
        var requests = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var seen = new HashSet<string>();
            while (!stop.IsCancellationRequested)
            {
                var answer = await server.PostAsync("/predict", Good);
                Assert.Equal(200, answer.Status);
                seen.Add(answer.Json.GetProperty("version").GetString() + answer.Json.GetProperty("prediction").GetString());
            }

            return seen;
        })).ToList();
        server.Registry.WriteVersion("2", "text two", isLatest: true);
        await TestServer.UntilAsync(() => server.Cache.Table.Default?.Serving?.Entry.Version == "2");
        Assert.Equal("two", (await server.PostAsync("/predict", Good)).Json.GetProperty("prediction").GetString());
        await stop.CancelAsync();
        foreach (var seen in await Task.WhenAll(requests))
        {
            Assert.Subset(new HashSet<string> { "1one", "2two" }, seen);
        }

        Assert.Equal("one", (await server.PostAsync("/predict", """{"text":"good","version":"1"}""")).Json.GetProperty("prediction").GetString());
    }

    [Fact]
    public async Task Latest_CannotBeRead_LastGoodServesOnAndStaysReady()
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "text one", isLatest: true));
        server.Registry.WriteVersion("2", "keras", isLatest: true);
        await TestServer.UntilAsync(() => server.Loader.Loads == 2);
        await TestServer.UntilAsync(() => server.Cache.Table.Default!.Entry.Unservable.ContainsKey("2"));
        Assert.Equal("1", (await server.PostAsync("/predict", Good)).Json.GetProperty("version").GetString());
        Assert.Equal(200, (await server.GetAsync("/health/ready")).Status);
        Assert.Equal(409, (await server.PostAsync("/predict", """{"text":"x","version":"2"}""")).Status);
        Assert.Contains("skiff_model_loads_total{model=\"default\",outcome=\"refused\"} 1", (await server.GetAsync("/metrics")).Text, StringComparison.Ordinal);

        server.Registry.WriteVersion("2", "text mended", isLatest: true);
        await TestServer.UntilAsync(() => server.Cache.Table.Default!.Serving!.Entry.Version == "2");
        Assert.Equal("mended", (await server.PostAsync("/predict", Good)).Json.GetProperty("prediction").GetString());
    }

    [Fact]
    public async Task Metadata_ChangesAlone_IsAnsweredWithoutReadingTheModelAgain()
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "text", isLatest: true));
        server.Registry.WriteVersion("1", "text", """{"version":"1","test_accuracy":0.5}""", isLatest: true);
        await TestServer.UntilAsync(() => server.Cache.Table.Default!.Serving!.Entry.Facts.TestAccuracy.Length == 3);
        var answer = await server.PostAsync("/predict", Good);
        Assert.Equal("0.5", answer.Json.GetProperty("metadata").GetProperty("test_accuracy").GetRawText());
    }

    [Fact]
    public async Task OtherVersion_AskedForByMany_IsReadOnce()
    {
        await using var server = await TestServer.StartAsync(static r =>
        {
            r.WriteVersion("1", "text one");
            r.WriteVersion("2", "text two", isLatest: true);
        });
        using var hold = new ManualResetEventSlim();
        server.Loader.Hold = hold;
        var before = server.Loader.Loads;
        var requests = Enumerable.Range(0, 8).Select(_ => server.PostAsync("/predict", """{"text":"good","version":"1"}""")).ToList();
        await TestServer.UntilAsync(() => server.Loader.Loads > before);
        hold.Set();
        foreach (var answer in await Task.WhenAll(requests))
        {
            Assert.Equal("one", answer.Json.GetProperty("prediction").GetString());
        }

        Assert.Equal(before + 1, server.Loader.Loads);
    }

    [Fact]
    public async Task OtherVersions_MoreThanMayStay_TheLeastRecentlyUsedGoes()
    {
        await using var server = await TestServer.StartAsync(
            static r =>
            {
                foreach (var version in new[] { "1", "2", "3" })
                {
                    r.WriteVersion(version, "text v" + version);
                }

                r.WriteVersion("4", "text v4", isLatest: true);
            },
            static o => o.Server.LoadedVersions = 2);
        foreach (var version in new[] { "1", "2", "1", "3", "1" })
        {
            await server.PostAsync("/predict", $$"""{"text":"good","version":"{{version}}"}""");
        }

        Assert.Equal(4, server.Loader.Loads);
        await server.PostAsync("/predict", """{"text":"good","version":"2"}""");
        Assert.Equal(5, server.Loader.Loads);
    }

    [Fact]
    public async Task OldVersion_AfterTheSwap_IsCollectable()
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "text one", isLatest: true));
        await server.PostAsync("/predict", Good);
        var old = Serving(server);
        Directory.Delete(Path.Combine(server.Registry.Root, "versions", "1"), recursive: true);
        server.Registry.WriteVersion("2", "text two", isLatest: true);
        await TestServer.UntilAsync(() => server.Cache.Table.Default!.Serving!.Entry.Version == "2");
        await TestServer.UntilAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !old.IsAlive;
        });
    }

    [Fact]
    public async Task SlowRequest_WhileTheVersionChanges_FinishesOnTheOldOne()
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "slow", isLatest: true));
        var slow = server.PostAsync("/predict", Good);
        await server.Loader.Begun.WaitAsync(TestContext.Current.CancellationToken);
        server.Registry.WriteVersion("2", "text two", isLatest: true);
        await TestServer.UntilAsync(() => server.Cache.Table.Default!.Serving!.Entry.Version == "2");
        Assert.Equal("two", (await server.PostAsync("/predict", Good)).Json.GetProperty("prediction").GetString());
        server.Loader.Gate.Release();
        Assert.Equal("1", (await slow).Json.GetProperty("version").GetString());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Serving(TestServer server) => new(server.Cache.Table.Default!.Serving!.Model);
}
