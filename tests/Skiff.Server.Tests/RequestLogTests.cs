using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Skiff.TestKit;

namespace Skiff.Server.Tests;

public sealed class RequestLogTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = $"00-{TraceId}-b7ad6b7169203331-01";

    private readonly LogLines _lines = new();

    [Theory]
    [InlineData("/predict", """{"text":"good"}""", 200, "1.0.0")]
    [InlineData("/predict", """{"text":"good","version":"9"}""", 404, null)]
    [InlineData("/predict", """{"text":"boom"}""", 422, "1.0.0")]
    [InlineData("/v1/models/default:predict", """{"instances":["good"]}""", 200, "1.0.0")]
    [InlineData("/v2/models/default/infer", "nonsense", 400, null)]
    [InlineData("/nope", "{}", 404, null)]
    public async Task Request_AnyAnswer_HasALineWithItsFields(string path, string body, int status, string? version)
    {
        await using var server = await StartAsync();
        await server.SendAsync(HttpMethod.Post, path + "?secret=x", body, headers: [("X-Request-Id", "one"), ("traceparent", Parent)]);
        await UntilLoggedAsync(1);
        var line = Assert.Single(Access());
        Assert.Equal(("one", "POST", path, status, TraceId), (line.Fields["RequestId"], line.Fields["Method"], line.Fields["Path"], line.Fields["Status"], line.TraceId));
        Assert.True((double)line.Fields["DurationMs"]! > 0);
        Assert.Equal(version, line.Fields.GetValueOrDefault("Version"));
        Assert.Equal(version is null ? null : "default", line.Fields.GetValueOrDefault("Model"));
        Assert.DoesNotContain(_lines.All, static l => l.Message.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_WithoutATraceAfterOneThatWaited_HasNone()
    {
        await using var server = await StartAsync(static r => r.WriteVersion("1", "slow", isLatest: true));
        var slow = server.SendAsync(HttpMethod.Post, "/predict", new string(' ', 100_000) + """{"text":"x"}""", headers: ("traceparent", Parent));
        await server.Loader.Begun.WaitAsync(TestContext.Current.CancellationToken);
        server.Loader.Gate.Release(1);
        await slow;
        await server.GetAsync("/health");
        await UntilLoggedAsync(2);
        Assert.Equal([TraceId, null], Access().Select(static l => l.TraceId));
    }

    [Fact]
    public async Task Request_ThatFails_HasALineWithTheReason()
    {
        await using var server = await StartAsync(static r => r.WriteVersion("1", "crash", isLatest: true));
        var answer = await server.SendAsync(HttpMethod.Post, "/predict", """{"text":"x"}""", headers: ("traceparent", Parent));
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        var line = Assert.Single(_lines.All, static l => l.Level == LogLevel.Error);
        Assert.Equal((answer.RequestId, "/predict", 500, "1", TraceId), (line.Fields["RequestId"], line.Fields["Path"], line.Fields["Status"], line.Fields["Version"], line.TraceId));
        Assert.Equal("secret", line.Exception!.Message);
    }

    [Fact]
    public async Task Swap_FirstAndLater_AreToldInWordsOfTheirOwn()
    {
        await using var server = await StartAsync(static r => r.WriteVersion("1", "text", isLatest: true));
        server.Registry.WriteVersion("2", "text two", isLatest: true);
        await TestServer.UntilAsync(() => server.Cache.Table.Default!.Serving!.Entry.Version == "2");
        Assert.Equal(
            ["default is answered by version 1; nothing answered before", "default is answered by version 2, until now by 1"],
            _lines.All.Select(static l => l.Message).Where(static m => m.Contains("is answered by", StringComparison.Ordinal)));
    }

    public void Dispose() => _lines.Dispose();

    private Task<TestServer> StartAsync(Action<TestRegistry>? fill = null) => TestServer.StartAsync(
        fill,
        static o => (o.LogLevel, o.AccessLog) = (LogLevel.Information, true),
        b =>
        {
            b.Services.RemoveAll<ILoggerProvider>();
            b.Logging.AddProvider(_lines);
        });

    private IEnumerable<LogLine> Access() => _lines.All.Where(static l => l.Category == "Skiff.Access");

    // The line is written after the answer.
    private Task UntilLoggedAsync(int lines) => TestServer.UntilAsync(() => Access().Count() == lines);
}
