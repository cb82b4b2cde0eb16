using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Skiff.Server.Tests;

public sealed class ManyModelsTests(ITestOutputHelper output)
{
    private const int Count = 2000;

    [Fact]
    public async Task Follow_OneOfThousandsChanges_TheOthersAreUntouched()
    {
        using var files = new TestRegistry();
        files.WriteVersion("1", "text", isLatest: true);
        var (server, catalog) = await StartAsync(files);
        await using var _ = server;
        var models = Enumerable.Range(0, Count).Select(i => catalog.Model($"m{i}")).ToList();
        var start = Stopwatch.GetTimestamp();
        catalog.Offer(models);
        await TestServer.UntilAsync(() => server.Cache.IsReady);
        var ready = Stopwatch.GetElapsedTime(start);
        Assert.Equal(Count, server.Loader.Loads);
        var table = server.Cache.Table;
        var before = table.Models.ToList();

        models[7] = catalog.Model("m7", "2");
        start = Stopwatch.GetTimestamp();
        catalog.Offer(models);
        await TestServer.UntilAsync(() => server.Cache.Table.Find("m7"u8)!.Serving!.Entry.Version == "2");
        output.WriteLine($"{Count} models ready after {ready.TotalMilliseconds:0} ms, one of them swapped after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
        Assert.Equal(Count + 1, server.Loader.Loads);
        Assert.Same(table, server.Cache.Table);
        Assert.Equal(["m7"], table.Models.Except(before).Select(static m => m.Name));

        models.RemoveAt(9);
        catalog.Offer(models);
        await TestServer.UntilAsync(() => server.Cache.Table.Count == Count - 1);
        Assert.Null(server.Cache.Table.Find("m9"u8));
        await TestServer.UntilAsync(() => server.Cache.Versions.Count == Count - 1);
        Assert.Equal(Count + 1, server.Loader.Loads);
    }

    [Fact]
    public async Task Follow_ManyAreRefused_TheRegistryIsToldOnce()
    {
        using var files = new TestRegistry();
        files.WriteVersion("1", "keras", isLatest: true);
        var (server, catalog) = await StartAsync(files);
        await using var _ = server;
        var models = Enumerable.Range(0, 100).Select(i => catalog.Model($"m{i}")).ToList();
        catalog.Offer(models);
        await TestServer.UntilAsync(() => catalog.Refused.Count > 0);
        Assert.Equal(100, Assert.Single(catalog.Refused).Count);
        Assert.Equal("model.joblib: keras is not supported", catalog.Refused[0][3].Reason);
        var why = server.Cache.WhyNotReady()!;
        Assert.StartsWith("m0: version 1 was refused: model.joblib: keras is not supported; m1: ", why, StringComparison.Ordinal);
        Assert.EndsWith("; and 90 more", why, StringComparison.Ordinal);

        // Neither read nor told again.
        catalog.Offer([.. models, catalog.Model("new")]);
        await TestServer.UntilAsync(() => catalog.Refused.Count > 1);
        Assert.Equal("new", Assert.Single(catalog.Refused[1]).Version.Model);
        Assert.Equal(101, server.Loader.Loads);
    }

    [Fact]
    public async Task Registry_OneModelChanges_TheOtherIsUntouched()
    {
        await using var server = await TestServer.StartAsync(static r =>
        {
            r.WriteVersion("1", "text", isLatest: true, under: "a");
            r.WriteVersion("1", "text", isLatest: true, under: "b");
        });
        var before = server.Cache.Table.Find("b"u8);
        server.Registry.WriteVersion("2", "text", isLatest: true, under: "a");
        await TestServer.UntilAsync(() => server.Cache.Table.Find("a"u8)!.Serving!.Entry.Version == "2");
        Assert.Same(before, server.Cache.Table.Find("b"u8));
    }

    [Fact]
    public async Task Swap_AThousandTimes_LeavesNothingBehind()
    {
        const int Swaps = 1000;
        const int Size = 1 << 20;
        using var files = new TestRegistry();
        files.WriteVersion("1", $"text size={Size}", isLatest: true);
        var (server, catalog) = await StartAsync(files);
        await using var _ = server;
        for (var i = 1; i <= Swaps; i++)
        {
            var version = $"{i}";
            catalog.Offer([catalog.Model("default", version)]);
            await TestServer.UntilAsync(() => server.Cache.Table.Default?.Serving?.Entry.Version == version);
            if (i % 50 == 0)
            {
                Assert.Equal(version, (await server.PostAsync("/predict", """{"text":"good"}""")).Json.GetProperty("version").GetString());
            }
        }

        Assert.Equal(Swaps, server.Loader.Models.Count);
        Assert.Equal((1, Size), (server.Cache.Versions.Count, server.Cache.Versions.Bytes));
        await TestServer.UntilAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return server.Loader.Models.Count(static m => m.IsAlive) == 1;
        });

        // A tenth of what a leak would keep; other tests run beside this one.
        Assert.InRange(GC.GetTotalMemory(true), 0, Swaps / 10 * (long)Size);
    }

    private static async Task<(TestServer Server, FakeCatalog Catalog)> StartAsync(TestRegistry files)
    {
        var catalog = new FakeCatalog(Path.Combine(files.Root, "latest"));
        var server = await TestServer.StartAsync(static _ => { }, build: b => b.Services.AddSingleton<ICatalog>(catalog), waitUntilReady: false);
        return (server, catalog);
    }
}
