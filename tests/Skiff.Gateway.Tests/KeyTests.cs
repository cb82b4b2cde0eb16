using Skiff.Gateway.Tests.Support;
using Skiff.TestKit;

namespace Skiff.Gateway.Tests;

public sealed class KeyTests
{
    private const string MissingText = "the header X-API-Key must hold one API key";
    private const string WrongText = "the key in X-API-Key is not valid";

    [Theory]
    [InlineData(null, MissingText)]
    [InlineData("", MissingText)]
    [InlineData("   ", MissingText)]
    [InlineData("wrong", WrongText)]
    [InlineData("web:" + TestGateway.Key, WrongText)]
    [InlineData(TestGateway.Key + "2", WrongText)]
    [InlineData(TestGateway.Key + ", " + TestGateway.Key, WrongText)]
    public async Task Key_MissingOrWrong_Is401(string? key, string detail)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        (string, string)[] headers = key is null ? [] : [("X-API-Key", key)];
        foreach (var path in new[] { "/predict", "/admin/models", "/admin/models/latest", "/nope", "/metrics" })
        {
            var reply = await gateway.SendBareAsync(HttpMethod.Get, path, null, headers);
            reply.IsProblem(401, "Unauthorized", detail);
            Assert.Equal("ApiKey", reply.Header("WWW-Authenticate"));
        }

        foreach (var path in new[] { "/v1/models/m", "/v2" })
        {
            (await gateway.SendBareAsync(HttpMethod.Get, path, null, headers)).IsError(401, detail);
        }

        Assert.Empty(server.Requests);
        Assert.Contains("""skiff_gateway_failures_total{reason="key"} 7""", gateway.Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_OfTenThousandCharacters_Is401()
    {
        await using var gateway = await TestGateway.StartAsync("http://127.0.0.1:9");
        var reply = await gateway.SendBareAsync(HttpMethod.Post, "/predict", null, ("X-API-Key", new string('k', 10_000)));
        reply.IsProblem(401, "Unauthorized", WrongText);
    }

    [Theory]
    [InlineData($"X-API-Key: {TestGateway.Key}\r\nX-API-Key: {TestGateway.Key}\r\n", "HTTP/1.1 401 Unauthorized", MissingText)]
    [InlineData($"x-api-key:   {TestGateway.Key} \t \r\n", "HTTP/1.1 200 OK", "gateway")]
    [InlineData($"X-API-Key:{TestGateway.Key}\r\n", "HTTP/1.1 200 OK", "gateway")]
    public async Task Key_OnTheWire_IsJudgedAsHttpReadsIt(string header, string status, string text)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var answer = await RawClient.ExchangeAsync(gateway, $"GET /admin/models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n");
        Assert.StartsWith(status + "\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(text, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ,")]
    public async Task Key_NoneConfigured_Is500AndHealthIsOpen(string? keys)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(o => o.ApiKeys.Keys = keys, server.Url);
        const string Detail = "no API keys are configured, so every call is refused: set API_KEYS or API_KEYS_FILE";
        (await gateway.PostAsync("/predict")).IsProblem(500, "Internal Server Error", Detail);
        (await gateway.GetAsync("/v2")).IsError(500, Detail);
        Assert.Equal(200, (await gateway.SendBareAsync(HttpMethod.Get, "/health", null)).Status);
        Assert.Empty(server.Requests);
        Assert.Contains("""skiff_gateway_failures_total{reason="no_keys"} 2""", gateway.Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_InAFile_ComesAndGoesWithIt()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "keys");
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(o => (o.ApiKeys.Keys, o.ApiKeys.File) = (null, file), server.Url);
        Assert.Equal(500, await StatusAsync(gateway, "old"));

        await WriteAsync(file, "mobile:old\n");
        await UntilAsync(gateway, "old", 200);

        await WriteAsync(file, "# both for a while\nmobile:old\nmobile:new\n");
        await UntilAsync(gateway, "new", 200);
        Assert.Equal(200, await StatusAsync(gateway, "old"));

        await WriteAsync(file, "mobile:new\n");
        await UntilAsync(gateway, "old", 401);
        Assert.Equal(200, await StatusAsync(gateway, "new"));

        File.Delete(file);
        await TestGateway.UntilAsync(() => gateway.Log.All.Count(static l => l.Message.Contains("cannot be read; those before stay", StringComparison.Ordinal)) == 2);
        Assert.Equal(200, await StatusAsync(gateway, "new"));

        await WriteAsync(file, "");
        await UntilAsync(gateway, "new", 500);
    }

    [Fact]
    public async Task Key_OfACaller_EndsAtTheGatewayAndItsNameIsCounted()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(o => o.ApiKeys.Keys += ",mobile:other,nameless", server.Url);
        await gateway.PostAsync("/predict");
        await gateway.GetAsync("/v2/models/m");
        await gateway.SendBareAsync(HttpMethod.Get, "/admin/models", null, ("X-Api-Key", "other"));
        await gateway.SendBareAsync(HttpMethod.Get, "/predict", null, ("X-Api-Key", "other"));
        await gateway.SendBareAsync(HttpMethod.Get, "/admin/models", null, ("X-Api-Key", "nameless"));
        Assert.Equal(4, server.Requests.Count);
        Assert.All(server.Requests, static r => Assert.Null(r.Header("X-API-Key")));
        var counted = gateway.Metrics.Split('\n').Where(static l => l.StartsWith("skiff_gateway_key_requests_total{", StringComparison.Ordinal));
        Assert.Equal(
            [
                """skiff_gateway_key_requests_total{key="mobile",outcome="ok"} 1""",
                """skiff_gateway_key_requests_total{key="unnamed",outcome="ok"} 1""",
                """skiff_gateway_key_requests_total{key="web",outcome="ok"} 2""",
            ],
            counted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Key_OfTheModelServers_IsSentAndReadAgain()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "key");
        await WriteAsync(file, "inside-1\n");
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(o => o.ModelApiKeyFile = file, server.Url);
        await gateway.PostAsync("/predict");
        await gateway.GetAsync("/v2");
        Assert.Equal(["inside-1", "inside-1"], server.Requests.Select(static r => r.Header("X-API-Key")));

        await WriteAsync(file, "inside-2");
        do
        {
            await gateway.GetAsync("/v2");
        }
        while (server.Requests.Last().Header("X-API-Key") != "inside-2");

        await WriteAsync(file, " \n");
        await TestGateway.UntilAsync(() => gateway.Log.All.Any(static l => l.Message.EndsWith("cannot be read; the one before stays: it is empty", StringComparison.Ordinal)));
        await gateway.GetAsync("/v2");
        Assert.Equal("inside-2", server.Requests.Last().Header("X-API-Key"));
    }

    // As a secret is renewed: whoever reads sees the old or the new, never half.
    private static async Task WriteAsync(string file, string keys)
    {
        await File.WriteAllTextAsync(file + ".new", keys, TestContext.Current.CancellationToken);
        File.Move(file + ".new", file, overwrite: true);
    }

    private static async Task<int> StatusAsync(TestGateway gateway, string key) =>
        (await gateway.SendBareAsync(HttpMethod.Get, "/admin/models", null, ("X-API-Key", key))).Status;

    private static async Task UntilAsync(TestGateway gateway, string key, int status)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await StatusAsync(gateway, key) != status)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
