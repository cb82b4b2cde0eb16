using System.Text;
using Skiff.Gateway.Tests.Support;

namespace Skiff.Gateway.Tests;

/// <summary>What callers get when a model server does not behave like one.</summary>
public sealed class FaultTests
{
    private const string NoAnswer = "what the model server answered is not an answer of a model server: ";
    private const string BrokeOff = "the model server broke off its answer; the gateway's log says more under the request id";
    private const string Late = "no model server answered in time: one may take 0.25 s (--try-timeout, SKIFF_TRY_TIMEOUT), all together 30 s (--request-timeout, SKIFF_REQUEST_TIMEOUT)";

    [Theory]
    [InlineData("garbage\r\n\r\n", NoAnswer + "Received an invalid status line: 'garbage'.")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", NoAnswer + "Received an invalid header line: 'no colon\\r'.")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", NoAnswer + "it answers 200 with text/html that is not JSON")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", NoAnswer + "it answers 200 with text/plain that is not JSON")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", NoAnswer + "it answers 200 with nothing that is not JSON")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n", NoAnswer + "it answers 200 with application/json that is not JSON")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{\"a\":", NoAnswer + "it answers 200 with application/json that is not JSON")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{} {}", NoAnswer + "it answers 200 with application/json that is not JSON")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n\"\xff\"\n", NoAnswer + "it answers 200 with application/json that is not JSON")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\nNaN", NoAnswer + "it answers 200 with application/json that is not JSON")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", NoAnswer + "it answers 204 with nothing that is not JSON")]
    [InlineData("", BrokeOff)]
    [InlineData("HTTP/1.1 200", BrokeOff)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{}", BrokeOff)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", BrokeOff)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n", NoAnswer + "Received chunk header length could not be parsed: '78-79-7A'. (InvalidResponse)")]
    public async Task Answer_ThatIsNone_Is502(string sent, string detail)
    {
        await using var server = RawModelServer.Sending(sent);
        await using var gateway = await TestGateway.StartAsync(server.Url);
        (await gateway.PostAsync("/predict")).IsProblem(502, "Bad Gateway", detail);
    }

    [Theory]
    [InlineData("garbage\r\n\r\n", NoAnswer + "Received an invalid status line: 'garbage'.")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", NoAnswer + "it answers 200 with text/html that is not JSON")]
    [InlineData("", BrokeOff)]
    [InlineData("HTTP/1.1 200 OK\r\nX-Leak: 1\r\nContent-Length: 10\r\n\r\n{}", BrokeOff)]
    public async Task PassThrough_AnswerThatIsNone_Is502(string sent, string error)
    {
        await using var server = RawModelServer.Sending(sent);
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.PostAsync("/v2/models/m/infer");
        reply.IsError(502, error);
        Assert.Null(reply.Header("X-Leak"));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Answer_Redirect_IsNotFollowed(int status)
    {
        await using var elsewhere = await FakeModelServer.StartAsync();
        var location = elsewhere.Url + "/predict";
        await using var server = await FakeModelServer.StartAsync(context =>
        {
            context.Response.Headers.Location = location;
            return FakeModelServer.SendAsync(context, status, "application/json", "{}");
        });
        await using var gateway = await TestGateway.StartAsync(server.Url);
        (await gateway.PostAsync("/predict")).IsProblem(502, "Bad Gateway", $"{NoAnswer}it redirects to {location}");
        (await gateway.GetAsync("/v2")).IsError(502, $"{NoAnswer}it redirects to {location}");
        Assert.Equal(2, server.Requests.Count);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData(400, "application/json", """{"detail":"no"}""", """{"detail":"no"}""")]
    [InlineData(404, "application/problem+json", """{"title":"Not Found","requestId":"x"}""", """{"title":"Not Found","requestId":"x"}""")]
    [InlineData(422, "application/json; charset=utf-8", """{"detail":[{"type":"missing","loc":["body","text"]}]}""", """{"detail":[{"type":"missing","loc":["body","text"]}]}""")]
    [InlineData(500, "text/plain", "Internal \"Server\" Error\n", "\"Internal \\\"Server\\\" Error\\n\"")]
    [InlineData(500, "application/json", "{\"half\":", "\"{\\\"half\\\":\"")]
    [InlineData(502, "text/html", "<html>ü</html>", "\"<html>ü</html>\"")]
    [InlineData(504, null, "", "\"\"")]
    public async Task Answer_Refusal_Is502WithWhatItSaid(int status, string? contentType, string body, string told)
    {
        await using var server = await FakeModelServer.StartAsync(context => FakeModelServer.SendAsync(context, status, contentType, body));
        await using var gateway = await TestGateway.StartAsync(server.Url, "http://127.0.0.1:9");
        var reply = await gateway.PostAsync("/predict");
        Assert.Equal(
            $$$"""{"title":"Bad Gateway","status":502,"detail":"the model server answered {{{status}}}","requestId":"ID","modelServer":{"status":{{{status}}},"body":{{{told}}}}}""",
            reply.Text);
        Assert.Equal((502, "application/problem+json"), (reply.Status, reply.ContentType));
        Assert.Null(reply.Header("Retry-After"));

        // It has answered: nobody else is asked.
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Answer_Unavailable_Is502WithItsRetryAfter()
    {
        await using var server = await FakeModelServer.StartAsync(static context =>
        {
            context.Response.Headers.RetryAfter = "7";
            return FakeModelServer.SendAsync(context, 503, "application/json", """{"detail":"no model yet"}""");
        });
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.PostAsync("/predict");
        Assert.Equal(
            """{"title":"Bad Gateway","status":502,"detail":"the model server answered 503","requestId":"ID","modelServer":{"status":503,"body":{"detail":"no model yet"}}}""",
            reply.Text);
        Assert.Equal((502, "application/problem+json", "7"), (reply.Status, reply.ContentType, reply.Header("Retry-After")));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Answer_BeforeTheBodyWasRead_IsTaken()
    {
        await using var server = await FakeModelServer.StartAsync(static context => FakeModelServer.SendAsync(context, 413, "application/json", "{}"));
        server.IsReading = false;
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.PostAsync("/v2/models/m/infer", new string('x', 10_000_000));
        Assert.Equal((413, "{}"), (reply.Status, reply.Text));
    }

    [Fact]
    public async Task Answer_LongRefusalThatIsNoJson_IsCut()
    {
        await using var server = await FakeModelServer.StartAsync(static context => FakeModelServer.SendAsync(context, 500, "text/plain", new string('x', 100_000)));
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.PostAsync("/predict");
        Assert.EndsWith($"\"body\":\"{new string('x', 4096)}\"}}}}", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 200)]
    [InlineData(101, 502)]
    [InlineData(1_000_000, 502)]
    public async Task Answer_LargerThanTheLimit_Is502(int length, int status)
    {
        var json = "\"" + new string('x', length - 2) + "\"";
        await using var server = await FakeModelServer.StartAsync(json);
        await using var gateway = await TestGateway.StartAsync(static o => o.MaxAnswerBytes = 100, server.Url);
        var reply = await gateway.PostAsync("/predict");
        Assert.Equal(status, reply.Status);
        if (status == 502)
        {
            const string Detail = NoAnswer + "its answer is larger than 100 bytes; --max-answer-bytes (SKIFF_MAX_ANSWER_BYTES) sets the limit";
            reply.IsProblem(502, "Bad Gateway", Detail);
            (await gateway.GetAsync("/v2")).IsError(502, Detail);
        }
    }

    [Fact]
    public async Task Answer_Never_Is504()
    {
        await using var server = RawModelServer.Silent();
        await using var gateway = await TestGateway.StartAsync(static o => o.TryTimeout = TimeSpan.FromSeconds(0.25), server.Url);
        (await gateway.PostAsync("/predict")).IsProblem(504, "Gateway Timeout", Late);
        (await gateway.GetAsync("/v2")).IsError(504, Late);
        Assert.Contains($$"""skiff_gateway_tries_total{server="{{new Uri(server.Url).Authority}}",outcome="timed_out"} 2""", gateway.Metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-")]
    public async Task Answer_ThatDrips_Is504(string head)
    {
        await using var server = new RawModelServer(async (stream, cancellation) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head), cancellation);
            while (true)
            {
                await stream.WriteAsync("1"u8.ToArray(), cancellation);
                await Task.Delay(10, cancellation);
            }
        });
        await using var gateway = await TestGateway.StartAsync(static o => o.TryTimeout = TimeSpan.FromSeconds(0.25), server.Url);
        (await gateway.PostAsync("/predict")).IsProblem(504, "Gateway Timeout", Late);
    }

    [Fact]
    public async Task Server_NotThere_Is502()
    {
        await using var gateway = await TestGateway.StartAsync("http://127.0.0.1:9");
        const string Detail = "no model server can be reached; the gateway's log says more under the request id";
        var reply = await gateway.PostAsync("/predict");
        reply.IsProblem(502, "Bad Gateway", Detail);
        (await gateway.PostAsync("/v2/models/m/infer")).IsError(502, Detail);

        // The only one is asked a second time: the connection may have been to blame.
        Assert.Equal(
            [$"Model server 127.0.0.1:9 failed at try 1: Connection refused ({reply.RequestId})", $"Model server 127.0.0.1:9 failed at try 2: Connection refused ({reply.RequestId})"],
            gateway.Log.All.Select(static l => l.Message).Where(m => m.Contains(reply.RequestId!, StringComparison.Ordinal) && m.StartsWith("Model", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Server_NoneKnown_Is503()
    {
        await using var gateway = await TestGateway.StartAsync();
        var reply = await gateway.PostAsync("/predict");
        reply.IsProblem(503, "Service Unavailable", "no model server is known yet");
        Assert.Equal("1", reply.Header("Retry-After"));
        reply = await gateway.GetAsync("/v2");
        reply.IsError(503, "no model server is known yet");
        Assert.Equal("1", reply.Header("Retry-After"));
    }

    [Fact]
    public async Task Header_WithOtherLettersThanAscii_GoesOnAndBack()
    {
        await using var server = RawModelServer.Sending("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Back: gr\u00fcn\r\nX-Back-8: gr\u00c3\u00bcn\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var answer = await RawClient.ExchangeAsync(
            gateway, $"GET /v2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {TestGateway.Key}\r\nX-There: gr\u00c3\u00bcn\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Back: gr\u00fcn\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Back-8: gr\u00c3\u00bcn\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nX-There: gr\u00c3\u00bcn\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_NameUnknown_Is502AndTheLogSaysWhy()
    {
        await using var gateway = await TestGateway.StartAsync("http://nothing.invalid:8000");
        var reply = await gateway.PostAsync("/predict");
        reply.IsProblem(502, "Bad Gateway", "no model server can be reached; the gateway's log says more under the request id");
        Assert.Contains(gateway.Log.All, static l => l.Message.StartsWith("nothing.invalid cannot be looked up (", StringComparison.Ordinal));
    }
}
