using System.Text.RegularExpressions;
using Skiff.Gateway.Tests.Support;

namespace Skiff.Gateway.Tests;

/// <summary>Requests that are not HTTP, or mean two things at once.</summary>
public sealed partial class MalformedTests
{
    private const string Key = $"Host: x\r\nConnection: close\r\nX-API-Key: {TestGateway.Key}\r\n";

    [Theory]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET /v2\r\n\r\n", 400)]
    [InlineData("GET /v2 HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /v2 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("GET /v2 HTTP/3.7\r\nHost: a\r\n\r\n", 505)]
    [InlineData("G@T /v2 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /v2%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /v2 HTTP/1.1\r\nHost: a\r\nbad header: x\r\n\r\n", 400)]
    [InlineData("GET /v2 HTTP/1.1\r\nHost: a\r\nX-Bytes: \u00ff\u00fe\r\n\r\n", 400)]
    [InlineData("POST /v2 HTTP/1.1\r\n" + Key + "Transfer-Encoding: gzip\r\n\r\n{}", 400)]
    [InlineData("POST /v2 HTTP/1.1\r\n" + Key + "Content-Length: -1\r\n\r\n", 400)]
    [InlineData("POST /v2 HTTP/1.1\r\n" + Key + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400)]
    [InlineData("POST /v2 HTTP/1.1\r\n" + Key + "Content-Length: 1, 2\r\n\r\nab", 400)]
    public async Task Head_Malformed_IsRefusedByTheServer(string request, int status)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var answer = await RawClient.ExchangeAsync(gateway, request);
        Assert.Matches($"^HTTP/1.1 {status} [A-Za-z ]+\r\nContent-Length: 0\r\nConnection: close\r\nDate: [^\r]+\r\n\r\n$", answer);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400, "Bad chunk size data.")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx\r\n0\r\n\r\n", 400, "Bad chunk suffix.")]
    public async Task Body_Malformed_Is400(string rest, int status, string detail)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var answer = await RawClient.ExchangeAsync(gateway, $"POST /v2/models/m/infer HTTP/1.1\r\n{Key}{rest}");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.EndsWith($$"""{"error":"{{detail}}"}""", answer, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n")]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Content-Length: 100\r\nTransfer-Encoding: chunked\r\n")]
    public async Task Body_WithLengthAndChunks_IsChunksAndOneRequestForTheModelServer(string headers)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var answer = await RawClient.ExchangeAsync(
            gateway,
            $"POST /v2/models/m/infer HTTP/1.1\r\nHost: x\r\nX-API-Key: {TestGateway.Key}\r\n{headers}\r\n2\r\n{{}}\r\n0\r\n\r\n"
            + $"GET /v2/models/smuggled HTTP/1.1\r\n{Key}\r\n");
        var seen = Assert.Single(server.Requests);
        Assert.Equal(
            ("POST /v2/models/m/infer", "{}", "2", null), (seen.Line, seen.Text, seen.Header("Content-Length"), seen.Header("Transfer-Encoding")));

        // The connection is closed, so that nothing behind the body is taken for a request.
        Assert.Equal(["HTTP/1.1 200 OK"], Status().Matches(answer).Select(static m => m.Value));
    }

    [Fact]
    public async Task Body_LongerThanItsLength_IsTheNextRequest()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var answer = await RawClient.ExchangeAsync(
            gateway,
            $"POST /predict HTTP/1.1\r\nHost: x\r\nX-API-Key: {TestGateway.Key}\r\nContent-Length: 2\r\n\r\n{{}}GET /admin/models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.Equal("{}", Assert.Single(server.Requests).Text);
        Assert.Equal(["HTTP/1.1 200 OK", "HTTP/1.1 401 Unauthorized"], Status().Matches(answer).Select(static m => m.Value));
    }

    [Theory]
    [InlineData("X-Other: 2\r\nTE: trailers\r\nKeep-Alive: 5\r\nUpgrade: websocket\r\nProxy-Authorization: Basic eA==\r\n")]
    [InlineData("Connection: X-Hop, X-Request-Id, X-Other-One\r\nX-Hop: 1\r\nX-Other: 2\r\n")]
    public async Task Headers_OfOneConnection_EndAtTheGateway(string headers)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        await RawClient.ExchangeAsync(
            gateway, $"GET /v2 HTTP/1.1\r\nHost: x\r\nX-API-Key: {TestGateway.Key}\r\n{headers}\r\nGET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.Equal(["Host", "X-Other", "X-Request-ID"], Assert.Single(server.Requests).Headers.Keys.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("HTTP/1[.]1 [0-9]+ [A-Za-z ]+")]
    private static partial Regex Status();
}
