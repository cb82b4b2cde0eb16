using Skiff.Gateway.Tests.Support;
using Yarp.ReverseProxy.Model;

namespace Skiff.Gateway.Tests;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health", "gateway running")]
    [InlineData("/health/", "gateway running")]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    [InlineData("/health/startup", "started")]
    public async Task Health_WithoutKey_IsOpen(string path, string detail)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        await TestGateway.UntilAsync(() => gateway.Servers[0].Health.Active == DestinationHealth.Healthy);
        var reply = await gateway.SendBareAsync(HttpMethod.Get, path, null);
        reply.IsJson($$"""{"status":"ok","detail":"{{detail}}","requestId":"ID"}""");
        var head = await gateway.SendBareAsync(HttpMethod.Head, path, null);
        Assert.Equal((200, "application/json", ""), (head.Status, head.ContentType, head.Text));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Health_NoServerReady_SaysSo()
    {
        await using var server = await FakeModelServer.StartAsync();
        server.Health = static context => FakeModelServer.SendAsync(context, 503, null, "");
        await using var gateway = await TestGateway.StartAsync(server.Url);
        await TestGateway.UntilAsync(() => gateway.Servers[0].Health.Active == DestinationHealth.Unhealthy);
        Assert.Equal(200, (await gateway.SendBareAsync(HttpMethod.Get, "/health", null)).Status);
        Assert.Equal(200, (await gateway.SendBareAsync(HttpMethod.Get, "/health/live", null)).Status);
        foreach (var path in new[] { "/health/ready", "/health/startup" })
        {
            var reply = await gateway.SendBareAsync(HttpMethod.Get, path, null);
            reply.IsProblem(503, "Service Unavailable", "no model server is ready");
            Assert.Equal("1", reply.Header("Retry-After"));
        }
    }

    [Fact]
    public async Task Health_ServerNoLongerReady_HasStartedAllTheSame()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(static o => o.ProbeInterval = TimeSpan.FromSeconds(0.3), server.Url);
        await TestGateway.UntilAsync(() => gateway.Servers[0].Health.Active == DestinationHealth.Healthy);
        Assert.Equal(200, (await gateway.SendBareAsync(HttpMethod.Get, "/health/startup", null)).Status);
        server.Health = static context => FakeModelServer.SendAsync(context, 503, null, "");
        await TestGateway.UntilAsync(() => gateway.Servers[0].Health.Active == DestinationHealth.Unhealthy);
        Assert.Equal(503, (await gateway.SendBareAsync(HttpMethod.Get, "/health/ready", null)).Status);
        Assert.Equal(200, (await gateway.SendBareAsync(HttpMethod.Get, "/health/startup", null)).Status);
    }

    [Fact]
    public async Task Health_GatewayToldToStop_IsNotReadyAndServesOn()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(static o => o.Drain.Delay = TimeSpan.FromMinutes(1), server.Url);
        await TestGateway.UntilAsync(() => gateway.Servers[0].Health.Active == DestinationHealth.Healthy);
        var stopping = gateway.StopAsync();
        var ready = await gateway.SendBareAsync(HttpMethod.Get, "/health/ready", null);
        ready.IsProblem(503, "Service Unavailable", "the gateway is stopping");
        Assert.Equal(200, (await gateway.SendBareAsync(HttpMethod.Get, "/health/live", null)).Status);
        Assert.Equal(200, (await gateway.PostAsync("/predict")).Status);
        gateway.SkipDrain();
        await stopping;
    }
}
