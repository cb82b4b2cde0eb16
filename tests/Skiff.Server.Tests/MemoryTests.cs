using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Skiff.ServiceDefaults;
using Skiff.TestKit;

namespace Skiff.Server.Tests;

/// <summary>What requests hold together is bounded, and memory that runs out is an answer.</summary>
public sealed class MemoryTests
{
    private const string Full = "the server holds as many bytes of requests as it may; --max-buffered-bytes (SKIFF_MAX_BUFFERED_BYTES) sets the limit";
    private const string Hungry = "the server has not enough memory for this request now; send fewer rows at once, or send it again later";

    [Theory]
    [InlineData("/predict", "detail")]
    [InlineData("/v1/models/default:predict", "error")]
    [InlineData("/v2/models/default/infer", "error")]
    public async Task Bodies_AllTogetherTooMany_Are503UntilThereIsRoom(string path, string key)
    {
        await using var server = await TestServer.StartAsync(configure: static o => o.Server.MaxBufferedBytes = 200_000);
        var budget = server.Services.GetRequiredService<BufferBudget>();
        var body = $$"""{"text":"{{new string('x', 149_000)}}"}""";
        using (var slow = await BeginAsync(server, path, body))
        {
            await TestServer.UntilAsync(() => budget.Held > 100_000);

            var refused = await server.PostAsync(path, body);

            Assert.Equal(503, refused.Status);
            Assert.Equal("1", refused.Header("Retry-After"));
            Assert.Equal(Full, refused.Json.GetProperty(key).GetString());
            Assert.Equal(200, (await server.PostAsync("/predict", """{"text":"small"}""")).Status);
            Assert.Contains("""reason="buffer_full"} 1""", (await server.GetAsync("/metrics")).Text, StringComparison.Ordinal);
        }

        await TestServer.UntilAsync(() => budget.Held == 0);
        Assert.NotEqual(503, (await server.PostAsync(path, body)).Status);
        Assert.Equal(0, budget.Held);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_LargerThanAllTogetherMayBe_Is413NamingTheSetting(bool chunked)
    {
        await using var server = await TestServer.StartAsync(configure: static o => o.Server.MaxBufferedBytes = 100_000);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', 300_000)}}"}"""));
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/predict")) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        var answer = await Answer.ReadAsync(response);
        Assert.Equal(413, answer.Status);
        Assert.Equal(
            "the body is larger than the 100000 bytes that all requests may hold; --max-buffered-bytes (SKIFF_MAX_BUFFERED_BYTES) sets the limit",
            answer.Json.GetProperty("detail").GetString());
        Assert.Equal(0, server.Services.GetRequiredService<BufferBudget>().Held);
    }

    [Fact]
    public async Task Bodies_ThatWaitForTheirTurn_AreCounted()
    {
        await using var server = await TestServer.StartAsync(
            static r => r.WriteVersion("1", "slow", isLatest: true),
            static o => (o.Server.MaxConcurrency, o.Server.MaxBufferedBytes) = (1, 30_000));
        var budget = server.Services.GetRequiredService<BufferBudget>();
        var body = $$"""{"text":"{{new string('x', 20_000)}}"}""";
        var first = server.PostAsync("/predict", """{"text":"x"}""");
        await server.Loader.Begun.WaitAsync(TestContext.Current.CancellationToken);
        var second = server.PostAsync("/predict", body);
        await TestServer.UntilAsync(() => budget.Held > 10_000);

        var third = await server.PostAsync("/predict", body);

        Assert.Equal((503, Full), (third.Status, third.Json.GetProperty("detail").GetString()));
        server.Loader.Gate.Release(2);
        Assert.Equal((200, 200), ((await first).Status, (await second).Status));
        Assert.Equal(0, budget.Held);
    }

    [Fact]
    public async Task Predict_WorkOnLargeBodiesTakesAllThereMayBe_Is503UntilItIsDone()
    {
        await using var server = await TestServer.StartAsync(
            static r => r.WriteVersion("1", "slow", isLatest: true), static o => o.Server.MaxBufferedBytes = 300_000);
        var body = $$"""{"text":"{{new string('x', 100_000)}}"}""";
        var first = server.PostAsync("/predict", body);
        await server.Loader.Begun.WaitAsync(TestContext.Current.CancellationToken);

        var second = await server.PostAsync("/predict", body);

        Assert.Equal((503, "1", Hungry), (second.Status, second.Header("Retry-After"), second.Json.GetProperty("detail").GetString()));
        server.Loader.Gate.Release(2);
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await server.PostAsync("/predict", body)).Status);
    }

    [Theory]
    [InlineData("/predict", "detail")]
    [InlineData("/v1/models/default:predict", "error")]
    [InlineData("/v2/models/default/infer", "error")]
    public async Task Predict_MemoryRunsOut_Is503AndIsLogged(string path, string key)
    {
        var log = new LogLines();
        await using var server = await TestServer.StartAsync(
            static r => r.WriteVersion("1", "hungry", isLatest: true),
            build: b => b.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(log),
            configure: static o => o.LogLevel = Microsoft.Extensions.Logging.LogLevel.Error);
        var body = path.StartsWith("/v2", StringComparison.Ordinal) ? """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["x"]}]}""" : """{"instances":["x"]}""";

        var answer = await server.PostAsync(path, body);

        Assert.Equal(503, answer.Status);
        Assert.Equal("1", answer.Header("Retry-After"));
        Assert.Equal(Hungry, answer.Json.GetProperty(key).GetString());
        Assert.Contains(log.All, static line => line.Exception is OutOfMemoryException);
        Assert.Contains("""reason="out_of_memory"} 1""", (await server.GetAsync("/metrics")).Text, StringComparison.Ordinal);
        Assert.Equal(503, (await server.PostAsync(path, body)).Status);
        Assert.Equal(200, (await server.GetAsync("/health/ready")).Status);
    }

    // All of a request but its last byte.
    private static async Task<TcpClient> BeginAsync(TestServer server, string path, string body)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        var text = $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body[..^1]}";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        return client;
    }
}
