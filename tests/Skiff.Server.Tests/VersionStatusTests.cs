using Microsoft.Extensions.DependencyInjection;

namespace Skiff.Server.Tests;

public sealed class VersionStatusTests
{
    private const string Now = "2026-01-02T03:04:05.000Z";

    [Fact]
    public async Task Models_Versions_TellWhatHappenedLastToEach()
    {
        await using var server = await StartAsync(static r =>
        {
            r.WriteVersion("1", "text");
            r.WriteVersion("2", "keras");
            r.WriteVersion("3", "text");
            r.WriteVersion("4", "text", isLatest: true);
        });
        Assert.Equal(["1 not_loaded", "2 not_loaded", "3 not_loaded", "4 serving"], await StatesAsync(server));
        await server.PostAsync("/predict", """{"text":"x","version":"1"}""");
        await server.PostAsync("/predict", """{"text":"x","version":"2"}""");
        await server.PostAsync("/predict", """{"text":"x","version":"3"}""");
        Assert.Equal(["1 unloaded", "2 refused", "3 loaded", "4 serving"], await StatesAsync(server));
        var listed = (await server.GetAsync("/models")).Json.EnumerateArray().Select(static v => v.GetProperty("status").GetRawText()).ToList();
        Assert.Equal($$"""{"state":"refused","since":"{{Now}}","reason":"model.joblib: keras is not supported"}""", listed[1]);
        Assert.Equal($$"""{"state":"serving","since":"{{Now}}"}""", listed[3]);
    }

    [Fact]
    public async Task Version_BeingRead_IsLoading()
    {
        await using var server = await StartAsync(static r =>
        {
            r.WriteVersion("1", "text");
            r.WriteVersion("2", "text", isLatest: true);
        });
        using var hold = new ManualResetEventSlim();
        server.Loader.Hold = hold;
        var reading = server.GetAsync("/models/1");
        await TestServer.UntilAsync(() => server.Loader.Loads == 2);
        Assert.Equal(["1 loading", "2 serving"], await StatesAsync(server));
        hold.Set();
        Assert.Equal($$"""{"state":"loaded","since":"{{Now}}"}""", Status(await reading));
    }

    [Fact]
    public async Task Latest_Swapped_ServesAndTheOneBeforeIsUnloaded()
    {
        await using var server = await StartAsync(static r => r.WriteVersion("1", "text one", isLatest: true));
        server.Registry.WriteVersion("2", "text two", isLatest: true);
        await TestServer.UntilAsync(() => server.Cache.Table.Default!.Serving!.Entry.Version == "2");
        Assert.Equal(["1 unloaded", "2 serving"], await StatesAsync(server));
        Assert.Equal($$"""{"state":"serving","since":"{{Now}}"}""", Status(await server.GetAsync("/models/latest")));
    }

    [Fact]
    public async Task Latest_NewerOneRefused_SaysSoUntilItIsMended()
    {
        await using var server = await StartAsync(static r => r.WriteVersion("1", "text one", isLatest: true));
        server.Registry.WriteVersion("2", "keras", isLatest: true);
        await TestServer.UntilAsync(() => server.Cache.Table.Default!.Entry.Unservable.ContainsKey("2"));
        Assert.Equal(
            $$"""{"state":"serving","since":"{{Now}}","problem":"version 2 was refused: model.joblib: keras is not supported","refused":[{"version":"2","reason":"model.joblib: keras is not supported"}]}""",
            Status(await server.GetAsync("/models/latest")));
        Assert.Contains("skiff_model_degraded{model=\"default\"} 1\n", (await server.GetAsync("/metrics")).Text, StringComparison.Ordinal);
        var refused = await server.GetAsync("/models/2");
        Assert.Equal((409, "Model version '2' was refused: model.joblib: keras is not supported"), (refused.Status, refused.Json.GetProperty("detail").GetString()));

        server.Registry.WriteVersion("2", "text two", isLatest: true);
        await TestServer.UntilAsync(() => server.Cache.Table.Default!.Serving!.Entry.Version == "2");
        Assert.Equal($$"""{"state":"serving","since":"{{Now}}"}""", Status(await server.GetAsync("/models/latest")));
        Assert.Contains("skiff_model_degraded{model=\"default\"} 0\n", (await server.GetAsync("/metrics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latest_RefusedAtTheStart_SaysSoBesideTheOlderOneThatServes()
    {
        await using var server = await StartAsync(static r =>
        {
            r.WriteVersion("1", "text");
            r.WriteVersion("2", "keras", isLatest: true);
        });
        await TestServer.UntilAsync(() => server.Cache.Table.Default!.Serving?.Entry.Version == "1");
        Assert.Contains("skiff_model_degraded{model=\"default\"} 1\n", (await server.GetAsync("/metrics")).Text, StringComparison.Ordinal);

        server.Registry.WriteVersion("3", "text", isLatest: true);
        await TestServer.UntilAsync(() => server.Cache.Table.Default!.Serving!.Entry.Version == "3");
        Assert.Equal(
            $$"""{"state":"serving","since":"{{Now}}","refused":[{"version":"2","reason":"model.joblib: keras is not supported"}]}""",
            Status(await server.GetAsync("/models/latest")));
        Assert.Contains("skiff_model_degraded{model=\"default\"} 0\n", (await server.GetAsync("/metrics")).Text, StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync(Action<TestRegistry> fill) =>
        TestServer.StartAsync(fill, static o => o.Server.LoadedVersions = 1, static b => b.Services.AddSingleton<TimeProvider>(new Clock()));

    private static async Task<string[]> StatesAsync(TestServer server) =>
        [.. (await server.GetAsync("/models")).Json.EnumerateArray().Select(static v => $"{v.GetProperty("version").GetString()} {v.GetProperty("status").GetProperty("state").GetString()}")];

    private static string Status(Answer answer) => answer.Json.GetProperty("status").GetRawText();

    // Its date stands still; timers run, for the registry is looked through by one.
    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }
}
