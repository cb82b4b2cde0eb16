using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Skiff.Gateway.Tests.Support;
using Skiff.ServiceDefaults;
using Skiff.TestKit.Http;

namespace Skiff.Gateway.Tests;

/// <summary>How many requests get in, and which bodies.</summary>
public sealed class AdmissionTests
{
    private const string Full = "too many requests wait already; --max-queue (SKIFF_MAX_QUEUE) sets the limit";

    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Queue_None_RefusesTheSecondAtOnce()
    {
        await using var server = await FakeModelServer.StartAsync(WaitAsync);
        await using var gateway = await TestGateway.StartAsync(static o => (o.MaxConcurrency, o.MaxQueue) = (1, 0), server.Url);
        var first = gateway.PostAsync("/predict");
        await TestGateway.UntilAsync(() => !server.Requests.IsEmpty);
        var second = await gateway.PostAsync("/predict");
        second.IsProblem(503, "Service Unavailable", Full);
        Assert.Equal("1", second.Header("Retry-After"));
        second = await gateway.PostAsync("/v2/models/m/infer");
        second.IsError(503, Full);
        Assert.Equal("1", second.Header("Retry-After"));
        Assert.Equal(200, (await gateway.SendBareAsync(HttpMethod.Get, "/health", null)).Status);
        Assert.Contains("""skiff_gateway_failures_total{reason="queue_full"} 2""", gateway.Metrics, StringComparison.Ordinal);
        Assert.Contains("skiff_gateway_requests_running 1\n", gateway.Metrics, StringComparison.Ordinal);
        _go.SetResult();
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await gateway.PostAsync("/predict")).Status);
    }

    [Fact]
    public async Task Queue_CallerThatWaitsLeaves_MakesRoom()
    {
        await using var server = await FakeModelServer.StartAsync(WaitAsync);
        await using var gateway = await TestGateway.StartAsync(static o => (o.MaxConcurrency, o.MaxQueue) = (1, 1), server.Url);
        var gate = gateway.Services.GetRequiredService<ConcurrencyGate>();
        var first = gateway.PostAsync("/predict");
        await TestGateway.UntilAsync(() => !server.Requests.IsEmpty);
        using (var leaving = new TcpClient())
        {
            await leaving.ConnectAsync(gateway.Address.Host, gateway.Address.Port, TestContext.Current.CancellationToken);
            await leaving.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /v2 HTTP/1.1\r\nHost: x\r\nX-API-Key: {TestGateway.Key}\r\n\r\n"), TestContext.Current.CancellationToken);
            await TestGateway.UntilAsync(() => gate.Waiting == 1);
            (await gateway.PostAsync("/predict")).IsProblem(503, "Service Unavailable", Full);
        }

        await TestGateway.UntilAsync(() => gate.Waiting == 0);
        await TestGateway.UntilAsync(() => gateway.Log.All.Any(static l => l.Fields.GetValueOrDefault("Status") is 499));
        var third = gateway.PostAsync("/predict");
        await TestGateway.UntilAsync(() => gate.Waiting == 1);
        _go.SetResult();
        Assert.Equal((200, 200), ((await first).Status, (await third).Status));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Queue_WaitLongerThanTheRequestTimeout_Is504()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            static o => (o.MaxConcurrency, o.RequestTimeout) = (1, TimeSpan.FromSeconds(0.4)), server.Url);
        using var turn = new Turn(gateway.Services.GetRequiredService<ConcurrencyGate>());
        const string Detail = "no model server answered in time: one may take 10 s (--try-timeout, SKIFF_TRY_TIMEOUT), all together 0.4 s (--request-timeout, SKIFF_REQUEST_TIMEOUT)";
        (await gateway.PostAsync("/predict")).IsProblem(504, "Gateway Timeout", Detail);
        (await gateway.GetAsync("/v2")).IsError(504, Detail);
        Assert.Empty(server.Requests);
        Assert.Contains("""skiff_gateway_failures_total{reason="timed_out"} 2""", gateway.Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_LargerThanTheLimit_Is413()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(static o => o.MaxBodyBytes = 1000, server.Url);
        const string Detail = "the body is larger than 1000 bytes; --max-body-bytes (SKIFF_MAX_BODY_BYTES) sets the limit";
        foreach (var isChunked in new[] { false, true })
        {
            Assert.Equal(200, (await SendAsync("/predict", 1000)).Status);
            (await SendAsync("/predict", 1001)).IsProblem(413, "Content Too Large", Detail);
            (await SendAsync("/predict", 200_000)).IsProblem(413, "Content Too Large", Detail);
            (await SendAsync("/v1/models/m:predict", 1001)).IsError(413, Detail);

            async Task<Reply> SendAsync(string path, int length)
            {
                using var stream = new MemoryStream(new byte[length]);
                using HttpContent content = isChunked ? new StreamContent(stream) : new ByteArrayContent(new byte[length]);
                (string, string)[] headers = isChunked ? [("Transfer-Encoding", "chunked"), ("Content-Type", "application/json")] : [("Content-Type", "application/json")];
                return await gateway.SendAsync(HttpMethod.Post, path, content, headers);
            }
        }

        Assert.Equal(2, server.Requests.Count);
        Assert.Contains("""skiff_gateway_failures_total{reason="too_large"} 6""", gateway.Metrics, StringComparison.Ordinal);
        Assert.Contains("""skiff_gateway_request_duration_seconds_count{route="predict",outcome="client_error"} 4""", gateway.Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buffers_Spent_RefuseWhatIsLargeUntilThereIsRoom()
    {
        const string Detail = "the gateway holds as many bytes of requests and answers as it may; --max-buffered-bytes (SKIFF_MAX_BUFFERED_BYTES) sets the limit";
        var large = new string(' ', 60_000);
        await using var server = await FakeModelServer.StartAsync(context => context.Request.Path == "/predict"
            ? WaitAsync(context)
            : FakeModelServer.SendAsync(context, 200, "application/json", $"\"{new string('x', 200_000)}\""));
        await using var gateway = await TestGateway.StartAsync(static o => o.MaxBufferedBytes = 100_000, server.Url);
        var held = gateway.Services.GetRequiredService<BufferBudget>();
        var first = gateway.PostAsync("/predict", large);
        await TestGateway.UntilAsync(() => !server.Requests.IsEmpty);
        Assert.InRange(held.Held, 60_000 - 4096, 100_000);

        var second = await gateway.PostAsync("/predict", large);
        second.IsProblem(503, "Service Unavailable", Detail);
        Assert.Equal("1", second.Header("Retry-After"));
        (await gateway.PostAsync("/v2/models/m/infer", large)).IsError(503, Detail);
        (await gateway.GetAsync("/admin/models")).IsProblem(503, "Service Unavailable", Detail);
        Assert.Contains("""skiff_gateway_failures_total{reason="buffer_full"} 3""", gateway.Metrics, StringComparison.Ordinal);

        var small = gateway.PostAsync("/predict", "{}");
        _go.SetResult();
        Assert.Equal((200, 200), ((await first).Status, (await small).Status));
        Assert.Equal(200, (await gateway.PostAsync("/predict", large)).Status);
        await TestGateway.UntilAsync(() => held.Held == 0);
    }

    [Fact]
    public async Task Body_ThatComesSlowly_HoldsNoTurn()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(static o => (o.MaxConcurrency, o.MaxQueue) = (1, 0), server.Url);
        using var slow = new TcpClient();
        await slow.ConnectAsync(gateway.Address.Host, gateway.Address.Port, TestContext.Current.CancellationToken);
        var stream = slow.GetStream();
        var head = $"POST /predict HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {TestGateway.Key}\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        using var answer = new StreamReader(stream, Encoding.Latin1);

        // Its body is being waited for.
        Assert.Equal("HTTP/1.1 100 Continue", await answer.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal(200, (await gateway.PostAsync("/predict")).Status);

        await stream.WriteAsync("{}"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.StartsWith("\r\nHTTP/1.1 200 OK\r\n", await answer.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_ThatDoesNotCome_Is408()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(static o => o.RequestTimeout = TimeSpan.FromSeconds(0.25), server.Url);
        var request = $"POST /v2/models/m/infer HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {TestGateway.Key}\r\nContent-Length: 10\r\n\r\n{{";
        var answer = await RawExchange.SendAsync(gateway.Address, request, TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"error":"the body did not come within 0.25 s; --request-timeout (SKIFF_REQUEST_TIMEOUT) sets the limit"}""", answer, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Body_ThatWaitsToBeAskedFor_IsAskedFor()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST /predict HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {TestGateway.Key}\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"),
            TestContext.Current.CancellationToken);
        using var answer = new StreamReader(stream, Encoding.Latin1);
        Assert.Equal("HTTP/1.1 100 Continue", await answer.ReadLineAsync(TestContext.Current.CancellationToken));
        await stream.WriteAsync("{}"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.StartsWith("\r\nHTTP/1.1 200 OK\r\n", await answer.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("{}", Assert.Single(server.Requests).Text);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("{\"text\":")]
    public async Task Body_ThatIsNoJson_IsForTheModelServerToJudge(string body)
    {
        const string Said = """{"detail":[{"type":"json_invalid"}]}""";
        await using var server = await FakeModelServer.StartAsync(static context => FakeModelServer.SendAsync(context, 422, "application/json", Said));
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.PostAsync("/predict", body);
        Assert.Equal(
            $$$"""{"title":"Bad Gateway","status":502,"detail":"the model server answered 422","requestId":"ID","modelServer":{"status":422,"body":{{{Said}}}}}""",
            reply.Text);
        Assert.Equal((502, "application/problem+json"), (reply.Status, reply.ContentType));
        Assert.Equal(body, Assert.Single(server.Requests).Text);
    }

    private Task WaitAsync(HttpContext context) =>
        _go.Task.ContinueWith(_ => FakeModelServer.SendAsync(context, 200, "application/json", "{}"), TaskScheduler.Default).Unwrap();

    // Holds a turn as a request would.
    private sealed class Turn : IDisposable
    {
        private readonly ConcurrencyGate _gate;

        internal Turn(ConcurrencyGate gate)
        {
            _gate = gate;
            Assert.True(gate.TryEnter());
        }

        public void Dispose() => _gate.Exit();
    }
}
