using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Skiff.Gateway.Tests.Support;

namespace Skiff.Gateway.Tests;

/// <summary>When a second model server is asked, and when not.</summary>
public sealed class RetryTests
{
    private const string Broken = "the model server broke off its answer; the gateway's log says more under the request id";

    private int _count;

    [Theory]
    [InlineData("breaks off", "broken_off")]
    [InlineData("never answers", "timed_out")]
    [InlineData("503", "unavailable")]
    [InlineData("a page", "bad_answer")]
    [InlineData("a redirect", "bad_answer")]
    [InlineData("half an answer", "broken_off")]
    [InlineData("too much", "bad_answer")]
    public async Task Prediction_FirstServerFails_IsAnsweredByTheOther(string fault, string reason)
    {
        await using var one = await FakeModelServer.StartAsync(c => First() ? FailAsync(c, fault) : OkAsync(c));
        await using var two = await FakeModelServer.StartAsync(c => First() ? FailAsync(c, fault) : OkAsync(c));
        await using var gateway = await TestGateway.StartAsync(
            o => (o.TryTimeout, o.MaxAnswerBytes) = (TimeSpan.FromSeconds(fault == "never answers" ? 3 : 30), 1000), one.Url, two.Url);
        var reply = await gateway.PostAsync("/predict", """{"text":"good"}""", ("X-Request-Id", "mine"));
        reply.IsJson($$$"""{"source":"gateway","requestId":"ID","result":{{{FakeModelServer.Json}}}}""");
        Assert.Equal(["Content-Length", "Content-Type", "Date", "X-Request-ID"], reply.Headers.Keys.Order(StringComparer.Ordinal));
        foreach (var server in new[] { one, two })
        {
            var seen = Assert.Single(server.Requests);
            Assert.Equal(("POST /predict", """{"text":"good"}""", "mine"), (seen.Line, seen.Text, seen.Header("X-Request-Id")));
        }

        Assert.Contains($$"""skiff_gateway_retries_total{reason="{{reason}}"} 1""", gateway.Metrics, StringComparison.Ordinal);
        Assert.Contains("""skiff_gateway_request_duration_seconds_count{route="predict",outcome="ok"} 1""", gateway.Metrics, StringComparison.Ordinal);
        var line = Assert.Single(gateway.Log.All, static l => l.Category == "Skiff.Access");
        Assert.Equal(2, line.Fields["Tries"]);
    }

    [Fact]
    public async Task PassThrough_FirstServerFails_HasNothingOfItsHead()
    {
        await using var one = await FakeModelServer.StartAsync(UnavailableFirst);
        await using var two = await FakeModelServer.StartAsync(UnavailableFirst);
        await using var gateway = await TestGateway.StartAsync(one.Url, two.Url);
        var reply = await gateway.PostAsync("/v2/models/m/infer");
        reply.IsJson(FakeModelServer.Json);
        Assert.Equal(["Content-Length", "Content-Type", "Date", "Server", "X-Request-ID"], reply.Headers.Keys.Order(StringComparer.Ordinal));

        Task UnavailableFirst(HttpContext context)
        {
            if (!First())
            {
                return OkAsync(context);
            }

            context.Response.Headers.RetryAfter = "9";
            context.Response.Headers["X-Leak"] = "1";
            return FakeModelServer.SendAsync(context, 503, "text/plain", "no");
        }
    }

    [Fact]
    public async Task Prediction_ServerRefusesConnections_IsAnsweredByTheOther()
    {
        await using var well = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(well.Url, "http://127.0.0.1:9");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(200, (await gateway.PostAsync("/predict")).Status);
        }

        Assert.Equal(10, well.Requests.Count);
        Assert.Contains("""skiff_gateway_retries_total{reason="unreachable"} """, gateway.Metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/predict")]
    [InlineData("POST", "/predict/")]
    [InlineData("GET", "/admin/models")]
    [InlineData("GET", "/v1/models/m")]
    [InlineData("HEAD", "/v2/models/m")]
    [InlineData("POST", "/v1/models/m:predict")]
    [InlineData("POST", "/v2/models/m/infer")]
    [InlineData("POST", "/v2/models/m/versions/1/infer/")]
    public async Task Request_ThatLooksOrPredicts_IsRepeated(string method, string path)
    {
        var (status, requests) = await BreakOffFirstAsync(method, path);
        Assert.Equal((200, 2), (status, requests));
    }

    [Theory]
    [InlineData("POST", "/v2/repository/models/m/load")]
    [InlineData("POST", "/v2/repository/index")]
    [InlineData("POST", "/v1/models/m")]
    [InlineData("PUT", "/v2/models/m/infer")]
    [InlineData("DELETE", "/v2/models/m")]
    [InlineData("PATCH", "/v1/models/m:predict")]
    public async Task Request_ThatChanges_IsNot(string method, string path)
    {
        var (status, requests) = await BreakOffFirstAsync(method, path);
        Assert.Equal((502, 1), (status, requests));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000_000)]
    public async Task Body_Chunked_IsRepeatedWhole(int length)
    {
        var body = new string('x', length);
        await using var one = await FakeModelServer.StartAsync(c => First() ? FailAsync(c, "breaks off") : OkAsync(c));
        await using var two = await FakeModelServer.StartAsync(c => First() ? FailAsync(c, "breaks off") : OkAsync(c));
        await using var gateway = await TestGateway.StartAsync(one.Url, two.Url);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(body));
        using var content = new StreamContent(stream);
        var reply = await gateway.SendAsync(HttpMethod.Post, "/v2/models/m/infer", content, ("Transfer-Encoding", "chunked"), ("Content-Type", "application/json"));
        reply.IsJson(FakeModelServer.Json);
        foreach (var server in new[] { one, two })
        {
            var seen = Assert.Single(server.Requests);
            Assert.Equal(body, seen.Text);
            Assert.Equal((length.ToString(System.Globalization.CultureInfo.InvariantCulture), null), (seen.Header("Content-Length"), seen.Header("Transfer-Encoding")));
        }
    }

    [Fact]
    public async Task Budget_Spent_AllowsARetryForFiveRequests()
    {
        await using var one = await FakeModelServer.StartAsync();
        await using var two = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(one.Url, two.Url);
        var budget = gateway.Services.GetRequiredService<RetryBudget>();
        while (budget.TryTake())
        {
        }

        one.Answer = two.Answer = static c => FailAsync(c, "a page");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(i, one.Requests.Count + two.Requests.Count);
            (await gateway.PostAsync("/predict")).IsProblem(
                502, "Bad Gateway", "what the model server answered is not an answer of a model server: it answers 200 with text/html that is not JSON");
        }

        // The fifth was the first that could be repeated.
        Assert.Equal(6, one.Requests.Count + two.Requests.Count);
    }

    [Fact]
    public async Task Servers_AllBreakOff_AreAskedAtMostFourTimes()
    {
        var servers = new List<FakeModelServer>();
        for (var i = 0; i < 6; i++)
        {
            servers.Add(await FakeModelServer.StartAsync(static c => FailAsync(c, "breaks off")));
        }

        await using (var gateway = await TestGateway.StartAsync([.. servers.Select(static s => s.Url)]))
        {
            (await gateway.PostAsync("/predict")).IsProblem(502, "Bad Gateway", Broken);
            Assert.Equal(4, servers.Sum(static s => s.Requests.Count));
            Assert.Equal(4, servers.Max(static s => s.Requests.Count) * 4);
        }

        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Server_OnlyOneThatBreaksOff_IsAskedTwice()
    {
        await using var server = await FakeModelServer.StartAsync(c => First() ? FailAsync(c, "breaks off") : OkAsync(c));
        await using var gateway = await TestGateway.StartAsync(server.Url);
        Assert.Equal(200, (await gateway.PostAsync("/predict")).Status);
        Assert.Equal(2, server.Requests.Count);
        server.Answer = static c => FailAsync(c, "breaks off");
        (await gateway.PostAsync("/predict")).IsProblem(502, "Bad Gateway", Broken);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task RequestTimeout_ShorterThanATry_BoundsAll()
    {
        await using var one = RawModelServer.Silent();
        await using var two = RawModelServer.Silent();
        await using var gateway = await TestGateway.StartAsync(
            static o => (o.TryTimeout, o.RequestTimeout) = (TimeSpan.FromHours(1), TimeSpan.FromSeconds(0.25)), one.Url, two.Url);
        (await gateway.PostAsync("/predict")).IsProblem(
            504,
            "Gateway Timeout",
            "no model server answered in time: one may take 3600 s (--try-timeout, SKIFF_TRY_TIMEOUT), all together 0.25 s (--request-timeout, SKIFF_REQUEST_TIMEOUT)");
    }

    [Fact]
    public async Task Servers_AllSilent_AreAskedOneAfterTheOther()
    {
        await using var one = RawModelServer.Silent();
        await using var two = RawModelServer.Silent();
        await using var three = RawModelServer.Silent();
        await using var gateway = await TestGateway.StartAsync(static o => o.TryTimeout = TimeSpan.FromSeconds(0.25), one.Url, two.Url, three.Url);
        Assert.Equal(504, (await gateway.PostAsync("/predict")).Status);
        Assert.Equal(
            new[] { one, two, three }.Select(static s => new Uri(s.Url).Authority).Order(StringComparer.Ordinal),
            gateway.Log.All.Where(static l => l.Message.Contains("failed at try", StringComparison.Ordinal)).Select(static l => (string)l.Fields["Server"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Caller_Leaves_TheServerNeedNotGoOn()
    {
        var asked = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using var server = await FakeModelServer.StartAsync(async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            left.SetResult();
        });
        await using var gateway = await TestGateway.StartAsync(server.Url);
        using (var client = new HttpClient { BaseAddress = gateway.Address, DefaultRequestHeaders = { { "X-API-Key", TestGateway.Key } } })
        using (var leave = new CancellationTokenSource())
        {
            var answer = client.PostAsync(new Uri("/predict", UriKind.Relative), TestGateway.JsonContent("{}"), leave.Token);
            await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
            await leave.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        }

        await left.Task.WaitAsync(TestContext.Current.CancellationToken);
        await TestGateway.UntilAsync(() => gateway.Metrics.Contains("outcome=\"caller_gone\"} 1\n", StringComparison.Ordinal));
        Assert.Single(server.Requests);
    }

    private bool First() => Interlocked.Increment(ref _count) == 1;

    private static Task OkAsync(HttpContext context) => FakeModelServer.SendAsync(context, 200, "application/json", FakeModelServer.Json);

    private static async Task FailAsync(HttpContext context, string fault)
    {
        switch (fault)
        {
            case "breaks off":
                context.Abort();
                break;
            case "never answers":
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                break;
            case "503":
                await FakeModelServer.SendAsync(context, 503, "text/plain", "loading");
                break;
            case "a page":
                await FakeModelServer.SendAsync(context, 200, "text/html", "<html>");
                break;
            case "a redirect":
                context.Response.Headers.Location = "http://elsewhere.invalid/";
                await FakeModelServer.SendAsync(context, 307, null, "");
                break;
            case "half an answer":
                context.Response.ContentLength = 1000;
                await FakeModelServer.SendAsync(context, 200, "application/json", "{");
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                break;
            default:
                await FakeModelServer.SendAsync(context, 200, "application/json", $"\"{new string('x', 1000)}\"");
                break;
        }
    }

    private async Task<(int Status, int Requests)> BreakOffFirstAsync(string method, string path)
    {
        await using var one = await FakeModelServer.StartAsync(c => First() ? FailAsync(c, "breaks off") : OkAsync(c));
        await using var two = await FakeModelServer.StartAsync(c => First() ? FailAsync(c, "breaks off") : OkAsync(c));
        await using var gateway = await TestGateway.StartAsync(one.Url, two.Url);
        var reply = await gateway.SendAsync(new HttpMethod(method), path, method is "GET" or "HEAD" ? null : TestGateway.JsonContent("{}"));
        return (reply.Status, one.Requests.Count + two.Requests.Count);
    }
}
