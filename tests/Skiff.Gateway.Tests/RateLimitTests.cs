using Skiff.Gateway.Tests.Support;

namespace Skiff.Gateway.Tests;

public sealed class RateLimitTests
{
    private const string Detail = "this API key has sent more requests than --rate-limit (SKIFF_RATE_LIMIT) allows";

    [Fact]
    public async Task Key_AboveItsLimit_Is429AndOthersAreNot()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            static o => (o.RateLimit, o.ApiKeys.Keys) = (1, "web:old,web:new,mobile:mobile,nameless-1,nameless-2"), server.Url);
        var refused = await UntilRefusedAsync(gateway, "/predict", "old");
        refused.IsProblem(429, "Too Many Requests", Detail);
        Assert.Equal("1", refused.Header("Retry-After"));

        // Keys without a name have a limit each.
        await UntilRefusedAsync(gateway, "/predict", "nameless-1");
        foreach (var other in new[] { "mobile", "nameless-2" })
        {
            Assert.Equal(200, (await gateway.SendBareAsync(HttpMethod.Post, "/predict", TestGateway.JsonContent("{}"), ("X-API-Key", other))).Status);
        }

        refused = await UntilRefusedAsync(gateway, "/v2/models/m", "new");
        refused.IsError(429, Detail);
        Assert.Equal("1", refused.Header("Retry-After"));
        Assert.Equal(200, (await gateway.SendBareAsync(HttpMethod.Get, "/health", null)).Status);
        Assert.Contains("""skiff_gateway_failures_total{reason="rate_limit"} """, gateway.Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_AboveTheLimit_DoNotReachAServer()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(static o => (o.RateLimit, o.ApiKeys.Keys) = (5, "web:old,web:new"), server.Url);
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => SendAsync(gateway, "/predict", i % 2 == 0 ? "old" : "new")));
        Assert.Contains(replies, static r => r.Status == 200);
        Assert.Contains(replies, static r => r.Status == 429);
        Assert.Equal(replies.Count(static r => r.Status == 200), server.Requests.Count);
    }

    [Fact]
    public async Task Limit_Zero_IsNone()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SendAsync(gateway, "/predict", TestGateway.Key)));
        Assert.All(replies, static r => Assert.Equal(200, r.Status));
    }

    // At one a second, a few at once are more than that whatever the machine does.
    private static async Task<Reply> UntilRefusedAsync(TestGateway gateway, string path, string key)
    {
        while (true)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync(gateway, path, key)));
            if (Array.Find(replies, static r => r.Status != 200) is { } refused)
            {
                return refused;
            }
        }
    }

    private static Task<Reply> SendAsync(TestGateway gateway, string path, string key) =>
        gateway.SendBareAsync(HttpMethod.Post, path, TestGateway.JsonContent("{}"), ("X-API-Key", key));
}
