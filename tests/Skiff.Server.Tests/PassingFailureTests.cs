using Microsoft.Extensions.DependencyInjection;
using Skiff.TestKit;

namespace Skiff.Server.Tests;

/// <summary>Files that could not be read although nothing is wrong with them: they are tried again, and nobody has to touch them for that.</summary>
public sealed class PassingFailureTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Predict_LazyWhileTheRegistryIsAway_Is503AndAnswersOnceItIsBack()
    {
        await using var server = await StartAsync(LoadMode.Lazy);
        var away = server.Registry.Root + "-away";
        Directory.Move(server.Registry.Root, away);
        try
        {
            var refused = await server.PostAsync("/predict", """{"text":"x"}""");

            Assert.Equal((503, "1"), (refused.Status, refused.Header("Retry-After")));
            Assert.StartsWith(
                "Model version '1.0.0' cannot be read now, and is tried again soon: its files cannot be read: ",
                refused.Json.GetProperty("detail").GetString(),
                StringComparison.Ordinal);
            Assert.Equal(503, (await server.GetAsync("/models/1.0.0")).Status);
        }
        finally
        {
            Directory.Move(away, server.Registry.Root);
        }

        Assert.Equal(503, (await server.PostAsync("/predict", """{"text":"x"}""")).Status);
        Assert.Equal(1, server.Loader.Loads);
        _time.Advance(VersionLoader.RetryAfter);
        Assert.Equal(200, (await server.PostAsync("/predict", """{"text":"x"}""")).Status);
    }

    [Fact]
    public async Task Start_NoMemoryToReadAModel_IsReadOnceThereIs()
    {
        await using var server = await StartAsync(LoadMode.Eager, static loader => loader.Starve = true, waitUntilReady: false);
        await TestServer.UntilAsync(() => server.Loader.Loads == 1 && server.Cache.WhyNotReady()?.Contains("not enough memory", StringComparison.Ordinal) is true);
        Assert.Equal("default: version 1.0.0 was refused: there was not enough memory to read it", server.Cache.WhyNotReady());

        server.Loader.Starve = false;
        await TestServer.UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return server.Cache.IsReady;
        });
        Assert.Equal(200, (await server.PostAsync("/predict", """{"text":"x"}""")).Status);
    }

    private Task<TestServer> StartAsync(LoadMode mode, Action<FakeLoader>? prepare = null, bool waitUntilReady = true)
    {
        var loader = new FakeLoader();
        prepare?.Invoke(loader);
        return TestServer.StartAsync(
            configure: o => o.Server.Load = mode,
            build: b => b.Services.AddSingleton<TimeProvider>(_time),
            loader: loader,
            waitUntilReady: waitUntilReady);
    }
}
