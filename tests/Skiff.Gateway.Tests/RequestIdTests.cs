using System.Text.RegularExpressions;
using Skiff.Gateway.Tests.Support;

namespace Skiff.Gateway.Tests;

public sealed partial class RequestIdTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Id_Absent_IsMadeUpAndTheSameEverywhere()
    {
        await using var server = await FakeModelServer.StartAsync("{}");
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var replies = new[] { await gateway.PostAsync("/predict"), await gateway.PostAsync("/predict") };
        Assert.Equal(replies.Select(static r => r.RequestId), server.Requests.Select(static r => r.Header("X-Request-Id")));
        Assert.NotEqual(replies[0].RequestId, replies[1].RequestId);
        Assert.All(replies, static r => Assert.Matches(Uuid(), r.RequestId));
        Assert.All(replies, static r => r.IsJson("""{"source":"gateway","requestId":"ID","result":{}}"""));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("A-z.0_9")]
    [InlineData(128)]
    public async Task Id_Valid_IsTakenOver(object id)
    {
        var text = id as string ?? new string('x', (int)id);
        await using var server = await FakeModelServer.StartAsync("{}");
        await using var gateway = await TestGateway.StartAsync(server.Url);
        foreach (var path in new[] { "/predict", "/v1/models/m:predict" })
        {
            Assert.Equal(text, (await gateway.PostAsync(path, headers: ("X-Request-Id", text))).RequestId);
            Assert.Equal(text, server.Requests.Last().Header("X-Request-Id"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("\"a\"")]
    [InlineData(129)]
    [InlineData(10_000)]
    public async Task Id_Invalid_IsReplaced(object id)
    {
        var text = id as string ?? new string('x', (int)id);
        await using var server = await FakeModelServer.StartAsync("{}");
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.PostAsync("/predict", headers: ("X-Request-Id", text));
        Assert.Matches(Uuid(), reply.RequestId);
        Assert.Equal(reply.RequestId, Assert.Single(server.Requests).Header("X-Request-Id"));
    }

    [Fact]
    public async Task Id_TwoHeaders_IsReplaced()
    {
        await using var server = await FakeModelServer.StartAsync("{}");
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var answer = await RawClient.ExchangeAsync(gateway, Request("X-Request-Id: one\r\nX-Request-Id: two\r\n"));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        var id = IdHeader().Match(answer).Groups[1].Value;
        Assert.Matches(Uuid(), id);
        Assert.Equal(id, Assert.Single(server.Requests).Header("X-Request-Id"));
    }

    [Theory]
    [InlineData("X-Request-Id: one\rtwo\r\n")]
    [InlineData("X-Request-Id: one\r\n two\r\n")]
    [InlineData("X-Request-Id: one\0two\r\n")]
    [InlineData("X-Request-Id: one\nX-Other: two\r\n")]
    public async Task Id_WithLineEndsInside_IsMalformedHttp(string header)
    {
        await using var server = await FakeModelServer.StartAsync("{}");
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var answer = await RawClient.ExchangeAsync(gateway, Request(header));
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("/predict")]
    [InlineData("/v2/models/m/infer")]
    public async Task Trace_OfTheCaller_GoesOn(string path)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        await gateway.PostAsync(path, headers: [("traceparent", $"00-{TraceId}-b7ad6b7169203331-01"), ("tracestate", "vendor=1"), ("X-Request-Id", "one")]);
        var seen = Assert.Single(server.Requests);
        Assert.Matches($"^00-{TraceId}-[0-9a-f]{{16}}-01$", seen.Header("traceparent"));
        Assert.Equal("vendor=1", seen.Header("tracestate"));
        var line = Assert.Single(gateway.Log.All, static l => l.Category == "Skiff.Access");
        Assert.Equal(("one", TraceId), (line.Fields["RequestId"], line.TraceId));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public async Task Trace_NoneOrBad_IsNoTrace(string? parent)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        (string, string)[] headers = parent is null ? [] : [("traceparent", parent)];
        Assert.Equal(200, (await gateway.PostAsync("/predict", headers: headers)).Status);
        Assert.Null(Assert.Single(gateway.Log.All, static l => l.Category == "Skiff.Access").TraceId);
    }

    private static string Request(string headers) =>
        $"GET /v2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {TestGateway.Key}\r\n{headers}\r\n";

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();

    [GeneratedRegex("^X-Request-Id: (.*)\r$", RegexOptions.Multiline)]
    private static partial Regex IdHeader();
}
