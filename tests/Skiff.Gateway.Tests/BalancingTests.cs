using Microsoft.AspNetCore.Http;
using Skiff.Gateway.Tests.Support;
using Yarp.ReverseProxy.Model;

namespace Skiff.Gateway.Tests;

/// <summary>Which model server gets a request, as they come, hang, load and go.</summary>
public sealed class BalancingTests
{
    private static readonly TimeSpan Probes = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task Servers_AllIdle_TakeTurns()
    {
        await using var one = await FakeModelServer.StartAsync();
        await using var two = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(one.Url, two.Url);
        await PostAsync(gateway, 10);
        Assert.Equal((5, 5), (one.Requests.Count, two.Requests.Count));
    }

    [Fact]
    public async Task Server_WithFewerRequests_GetsTheNext()
    {
        var go = new TaskCompletionSource();
        await using var one = await FakeModelServer.StartAsync(context => WaitAsync(context, go.Task));
        await using var two = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(one.Url, two.Url);
        var waiting = new List<Task<Reply>>();
        while (one.Requests.IsEmpty)
        {
            waiting.Add(gateway.PostAsync("/predict"));
            await TestGateway.UntilAsync(() => !one.Requests.IsEmpty || waiting[^1].IsCompleted);
        }

        await PostAsync(gateway, 5);
        Assert.Single(one.Requests);
        go.SetResult();
        Assert.All(await Task.WhenAll(waiting), static r => Assert.Equal(200, r.Status));
    }

    [Fact]
    public async Task Server_HungWhileRequestsWait_LetsThemGoToTheOther()
    {
        await using var hung = RawModelServer.Silent();
        await using var well = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            static o => (o.ProbeInterval, o.TryTimeout, o.RequestTimeout) = (Probes, TimeSpan.FromHours(1), TimeSpan.FromHours(1)), hung.Url, well.Url);
        var replies = new List<Task<Reply>>();
        while (hung.Requests.IsEmpty)
        {
            replies.Add(gateway.PostAsync("/predict"));
            await TestGateway.UntilAsync(() => !hung.Requests.IsEmpty || replies[^1].IsCompleted);
        }

        hung.IsMute = true;
        Assert.All(await Task.WhenAll(replies), static r => Assert.Equal(200, r.Status));
        Assert.Contains(gateway.Log.All, l => l.Message.StartsWith($"Model server {new Uri(hung.Url).Authority} does not answer: ", StringComparison.Ordinal));

        // It gets no more.
        var before = hung.Requests.Count;
        await PostAsync(gateway, 5);
        Assert.Equal(before, hung.Requests.Count);

        // Until it answers again.
        hung.IsMute = false;
        await TestGateway.UntilAsync(() => gateway.Servers.All(static s => s.Health.Active == DestinationHealth.Healthy));
    }

    [Fact]
    public async Task Server_HungAndTheOnlyOne_LetsRequestsGo()
    {
        await using var hung = RawModelServer.Silent();
        await using var gateway = await TestGateway.StartAsync(
            static o => (o.ProbeInterval, o.TryTimeout, o.RequestTimeout) = (Probes, TimeSpan.FromHours(1), TimeSpan.FromHours(1)), hung.Url);
        hung.IsMute = true;
        await TestGateway.UntilAsync(() => gateway.Servers[0].Health.Active == DestinationHealth.Unhealthy);
        var reply = await gateway.PostAsync("/predict");
        Assert.Equal(504, reply.Status);
        Assert.Contains(gateway.Log.All, l => l.Message == $"Model server {new Uri(hung.Url).Authority} failed at try 1: no answer in time ({reply.RequestId})");
    }

    [Fact]
    public async Task Server_NotReady_FinishesWhatItHasAndGetsNoMoreUntilItIs()
    {
        var go = new TaskCompletionSource();
        await using var one = await FakeModelServer.StartAsync(context => WaitAsync(context, go.Task));
        await using var two = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(static o => o.ProbeInterval = Probes, one.Url, two.Url);
        await TestGateway.UntilAsync(() => gateway.Servers.All(static s => s.Health.Active == DestinationHealth.Healthy));
        var waiting = new List<Task<Reply>>();
        while (one.Requests.IsEmpty)
        {
            waiting.Add(gateway.PostAsync("/predict"));
            await TestGateway.UntilAsync(() => !one.Requests.IsEmpty || waiting[^1].IsCompleted);
        }

        one.Health = static context => FakeModelServer.SendAsync(context, 503, null, "");
        await TestGateway.UntilAsync(() => Server(gateway, one).Health.Active == DestinationHealth.Unhealthy);
        Assert.Contains(gateway.Log.All, l => l.Message == $"Model server {one.Id} is not ready: it answers 503");
        Assert.Contains($$"""skiff_gateway_server_healthy{server="{{one.Id}}"} 0""", gateway.Metrics, StringComparison.Ordinal);
        Assert.Contains($$"""skiff_gateway_server_healthy{server="{{two.Id}}"} 1""", gateway.Metrics, StringComparison.Ordinal);
        go.SetResult();
        Assert.All(await Task.WhenAll(waiting), static r => Assert.Equal(200, r.Status));
        await PostAsync(gateway, 6);
        Assert.Single(one.Requests);

        one.Health = static _ => Task.CompletedTask;
        await TestGateway.UntilAsync(() => Server(gateway, one).Health.Active == DestinationHealth.Healthy);
        await PostAsync(gateway, 6);
        Assert.Equal(4, one.Requests.Count);
    }

    [Fact]
    public async Task Servers_NoneReady_AreAskedAllTheSame()
    {
        await using var server = await FakeModelServer.StartAsync();
        server.Health = static context => FakeModelServer.SendAsync(context, 503, null, "");
        await using var gateway = await TestGateway.StartAsync(static o => o.ProbeInterval = Probes, server.Url);
        await TestGateway.UntilAsync(() => gateway.Servers[0].Health.Active == DestinationHealth.Unhealthy);
        await PostAsync(gateway, 1);
    }

    [Fact]
    public async Task Server_Killed_IsLeftOutAndTakenBackWhenItRuns()
    {
        await using var one = await FakeModelServer.StartAsync();
        var two = await FakeModelServer.StartAsync();
        var port = new Uri(two.Url).Port;
        await using var gateway = await TestGateway.StartAsync(static o => o.ProbeInterval = Probes, one.Url, two.Url);
        await PostAsync(gateway, 4);
        await two.DisposeAsync();
        await PostAsync(gateway, 20);
        await TestGateway.UntilAsync(() => gateway.Servers.Any(static s => s.Health.Active == DestinationHealth.Unhealthy));
        await PostAsync(gateway, 4);

        await using var again = await FakeModelServer.StartAsync(static context => FakeModelServer.SendAsync(context, 200, "application/json", "{}"), port: port);
        while (again.Requests.IsEmpty)
        {
            await PostAsync(gateway, 1);
        }
    }

    [Fact]
    public async Task Servers_AllDownThenBack_AnswerAgain()
    {
        var server = await FakeModelServer.StartAsync();
        var port = new Uri(server.Url).Port;
        await using var gateway = await TestGateway.StartAsync(static o => o.ProbeInterval = Probes, server.Url, "http://127.0.0.1:9");
        await PostAsync(gateway, 2);
        await server.DisposeAsync();
        const string Detail = "no model server can be reached; the gateway's log says more under the request id";
        (await gateway.PostAsync("/predict")).IsProblem(502, "Bad Gateway", Detail);
        (await gateway.GetAsync("/v2")).IsError(502, Detail);
        await using var again = await FakeModelServer.StartAsync(static context => FakeModelServer.SendAsync(context, 200, "application/json", "{}"), port: port);
        await PostAsync(gateway, 2);
    }

    [Fact]
    public async Task Servers_HalfOfThemDown_AnswerEverybody()
    {
        await using var one = await FakeModelServer.StartAsync();
        await using var two = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync("http://127.0.0.1:9", one.Url, "http://nothing.invalid:8000", two.Url);
        await PostAsync(gateway, 20);
        Assert.Equal(20, one.Requests.Count + two.Requests.Count);
    }

    private static DestinationState Server(TestGateway gateway, FakeModelServer server) => gateway.Servers.Single(s => s.DestinationId == server.Id);

    private static async Task WaitAsync(HttpContext context, Task go)
    {
        await go;
        await FakeModelServer.SendAsync(context, 200, "application/json", "{}");
    }

    private static async Task PostAsync(TestGateway gateway, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(200, (await gateway.PostAsync("/predict")).Status);
        }
    }
}
