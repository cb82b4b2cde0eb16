using Skiff.Gateway.Tests.Support;

namespace Skiff.Gateway.Tests;

public sealed class CorsTests
{
    private const string Page = "https://app.example.com";

    [Fact]
    public async Task Cors_NotConfigured_IsOff()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await PreflightAsync(gateway, Page);
        reply.IsProblem(401, "Unauthorized", "the header X-API-Key must hold one API key");
        Assert.Null(reply.Header("Access-Control-Allow-Origin"));
        reply = await gateway.PostAsync("/predict", headers: ("Origin", Page));
        Assert.Equal((200, null), (reply.Status, reply.Header("Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData(Page, Page)]
    [InlineData("https://other.example.com,https://app.example.com", Page)]
    [InlineData("*", "*")]
    [InlineData("https://other.example.com,*", "*")]
    public async Task Cors_PageThatMay_IsAnswered(string origins, string allowed)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(o => o.CorsOrigins = origins.Split(','), server.Url);
        var preflight = await PreflightAsync(gateway, Page);
        Assert.Equal(
            (204, allowed, "GET,POST", "content-type,x-api-key"),
            (preflight.Status, preflight.Header("Access-Control-Allow-Origin"), preflight.Header("Access-Control-Allow-Methods"), preflight.Header("Access-Control-Allow-Headers")));
        Assert.Empty(server.Requests);

        var reply = await gateway.PostAsync("/predict", headers: ("Origin", Page));
        Assert.Equal((200, allowed, "X-Request-Id"), (reply.Status, reply.Header("Access-Control-Allow-Origin"), reply.Header("Access-Control-Expose-Headers")));

        // A page must be able to read why it was refused.
        reply = await gateway.SendBareAsync(HttpMethod.Post, "/predict", null, ("Origin", Page));
        Assert.Equal((401, allowed), (reply.Status, reply.Header("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Cors_FailureAfterATry_IsReadableToo()
    {
        await using var gateway = await TestGateway.StartAsync(static o => o.CorsOrigins = [Page], "http://127.0.0.1:9");
        var reply = await gateway.PostAsync("/v2/models/m/infer", headers: ("Origin", Page));
        Assert.Equal((502, Page), (reply.Status, reply.Header("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Cors_OtherPage_IsNotAllowed()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(static o => o.CorsOrigins = [Page], server.Url);
        var reply = await PreflightAsync(gateway, "https://evil.example.com");
        Assert.Null(reply.Header("Access-Control-Allow-Origin"));
        reply = await gateway.PostAsync("/predict", headers: ("Origin", "https://evil.example.com"));
        Assert.Null(reply.Header("Access-Control-Allow-Origin"));
    }

    private static Task<Reply> PreflightAsync(TestGateway gateway, string origin) => gateway.SendBareAsync(
        HttpMethod.Options, "/predict", null, ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type,x-api-key"));
}
