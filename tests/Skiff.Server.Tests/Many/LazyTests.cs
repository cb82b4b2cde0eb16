namespace Skiff.Server.Tests;

public sealed class LazyTests
{
    private const string Good = """{"text":"good"}""";

    [Fact]
    public async Task Start_NothingAskedFor_IsReadyAndHasReadNothing()
    {
        await using var server = await StartAsync(static r =>
        {
            r.WriteVersion("1", "text", isLatest: true, under: "a");
            r.WriteVersion("1", "text", under: "b");
            r.WriteVersion("2", "keras", under: "b");
        });
        Assert.Equal(0, server.Loader.Loads);
        Assert.Equal(200, (await server.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await server.GetAsync("/health/startup")).Status);
        Assert.Equal("""{"models":["a","b"]}""", (await server.GetAsync("/v1/models")).Text);
        Assert.Equal(["a 1 True not_loaded", "b 1 False not_loaded", "b 2 True not_loaded"], await ListAsync(server));
        Assert.Equal("""{"name":"a","ready":true}""", (await server.GetAsync("/v2/models/a/ready")).Text);
        Assert.Equal("""{"name":"a","ready":true}""", (await server.GetAsync("/v1/models/a")).Text);
        var metrics = (await server.GetAsync("/metrics")).Text;
        Assert.Contains("skiff_models_loaded 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("skiff_models_loaded_bytes 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("skiff_ready 1\n", metrics, StringComparison.Ordinal);
        Assert.Equal(0, server.Loader.Loads);
    }

    [Fact]
    public async Task Start_NoModel_IsNotReady()
    {
        await using var server = await StartAsync(static _ => { }, waitUntilReady: false);
        await TestServer.UntilAsync(() => server.Cache.HasLooked);
        Assert.Equal(503, (await server.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Request_OfManyAtOnce_WaitsForTheOneRead()
    {
        using var hold = new ManualResetEventSlim();
        await using var server = await StartAsync(
            static r =>
            {
                r.WriteVersion("1", "text one", isLatest: true, under: "a");
                r.WriteVersion("1", "text", isLatest: true, under: "b");
            },
            new FakeLoader { Hold = hold });
        var requests = Enumerable.Range(0, 8).Select(_ => server.PostAsync("/predict", """{"model":"a","text":"good"}""")).ToList();
        await TestServer.UntilAsync(() => server.Loader.Loads > 0);
        Assert.Equal(["a 1 True loading", "b 1 True not_loaded"], await ListAsync(server));
        hold.Set();
        Assert.All(await Task.WhenAll(requests), static answer => Assert.Equal("one", answer.Json.GetProperty("prediction").GetString()));
        Assert.Equal(1, server.Loader.Loads);
        Assert.Equal(["a 1 True serving", "b 1 True not_loaded"], await ListAsync(server));
        Assert.Contains("skiff_models_loaded 1\n", (await server.GetAsync("/metrics")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/models/default:predict", """{"instances":["good"]}""")]
    [InlineData("/v2/models/default/infer", """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["good"]}]}""")]
    [InlineData("/predict", Good)]
    [InlineData("/models/latest", null)]
    [InlineData("/models/1", null)]
    [InlineData("/v2/models/default", null)]
    [InlineData("/v2/models/default/versions/1", null)]
    public async Task Request_ByEveryWay_ReadsTheModel(string path, string? body)
    {
        await using var server = await StartAsync(static r => r.WriteVersion("1", "text", isLatest: true));
        var answer = body is null ? await server.GetAsync(path) : await server.PostAsync(path, body);
        Assert.Equal(200, answer.Status);
        Assert.Equal(1, server.Loader.Loads);
        Assert.Equal(200, (await server.PostAsync("/predict", Good)).Status);
        Assert.Equal(1, server.Loader.Loads);
    }

    [Fact]
    public async Task Request_RefusedModel_IsNotReadAgainUntilItsFilesChange()
    {
        await using var server = await StartAsync(static r => r.WriteVersion("1", "keras", isLatest: true));
        for (var i = 0; i < 3; i++)
        {
            var answer = await server.PostAsync("/predict", """{"text":"good","version":"1"}""");
            Assert.Equal((409, "Model version '1' was refused: model.joblib: keras is not supported"), (answer.Status, answer.Json.GetProperty("detail").GetString()));
        }

        Assert.NotEqual(200, (await server.PostAsync("/predict", Good)).Status);
        Assert.NotEqual(200, (await server.GetAsync("/models/latest")).Status);
        Assert.Equal(503, (await server.GetAsync("/v2/models/default/ready")).Status);
        Assert.Equal(200, (await server.GetAsync("/health/ready")).Status);
        Assert.Equal(1, server.Loader.Loads);

        server.Registry.WriteVersion("1", "text mended", isLatest: true);
        await UntilAnsweredAsync(server, "1");
        Assert.Equal("mended", (await server.PostAsync("/predict", Good)).Json.GetProperty("prediction").GetString());
        Assert.Equal(2, server.Loader.Loads);
    }

    [Fact]
    public async Task Request_NewestRefused_TheLastGoodAnswers()
    {
        await using var server = await StartAsync(static r =>
        {
            r.WriteVersion("1", "text one");
            r.WriteVersion("2", "keras");
        });
        Assert.Equal(409, (await server.PostAsync("/predict", Good)).Status);
        await UntilAnsweredAsync(server, "1");
        Assert.Equal(2, server.Loader.Loads);
        Assert.Contains("version 2 was refused", (await server.GetAsync("/models/latest")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewVersion_OfAModelInMemory_IsReadInTheBackground()
    {
        await using var server = await StartAsync(static r =>
        {
            r.WriteVersion("1", "text one", isLatest: true, under: "a");
            r.WriteVersion("1", "text one", isLatest: true, under: "b");
        });
        await server.PostAsync("/predict", """{"model":"a","text":"good"}""");
        server.Registry.WriteVersion("2", "text two", isLatest: true, under: "a");
        server.Registry.WriteVersion("2", "text two", isLatest: true, under: "b");
        await TestServer.UntilAsync(() => server.Cache.Table.Find("a"u8)!.Serving?.Entry.Version == "2");
        await TestServer.UntilAsync(() => server.Cache.Table.Find("b"u8)!.Entry.Latest!.Version == "2");
        Assert.Equal(2, server.Loader.Loads);
        Assert.Equal(1, server.Cache.Versions.Count);
        Assert.Equal(["a 1 False unloaded", "a 2 True serving", "b 1 False not_loaded", "b 2 True not_loaded"], await ListAsync(server));
    }

    private static Task<TestServer> StartAsync(Action<TestRegistry> fill, FakeLoader? loader = null, bool waitUntilReady = true) =>
        TestServer.StartAsync(fill, static o => o.Server.Load = LoadMode.Lazy, loader: loader, waitUntilReady: waitUntilReady);

    // The registry offers what it should in its own time.
    private static async Task UntilAnsweredAsync(TestServer server, string version)
    {
        while (true)
        {
            var answer = await server.PostAsync("/predict", Good);
            if (answer.Status == 200)
            {
                Assert.Equal(version, answer.Json.GetProperty("version").GetString());
                return;
            }
        }
    }

    private static async Task<string[]> ListAsync(TestServer server) =>
    [
        .. (await server.GetAsync("/models")).Json.EnumerateArray().Select(static v =>
            $"{v.GetProperty("model").GetString()} {v.GetProperty("version").GetString()} {v.GetProperty("serving").GetBoolean()} {v.GetProperty("status").GetProperty("state").GetString()}"),
    ];
}
