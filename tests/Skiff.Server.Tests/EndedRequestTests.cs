using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Skiff.ServiceDefaults;
using Skiff.TestKit;

namespace Skiff.Server.Tests;

/// <summary>A prediction ends where nobody will have its answer: by the deadline, by a caller who has gone, by a server that must end.</summary>
public sealed class EndedRequestTests
{
    private const string Detail = "the request took longer than --request-timeout (SKIFF_REQUEST_TIMEOUT) allows";

    // What a body in one piece and one in several pieces begin with: one runs on the thread that reads the connection, the other one does not.
    public static TheoryData<bool> Ways => [false, true];

    [Theory]
    [InlineData("/predict", """{"text":"x"}""", "detail")]
    [InlineData("/v1/models/default:predict", """{"instances":["x"]}""", "error")]
    [InlineData("/v2/models/default/infer", """{"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","data":["x"]}]}""", "error")]
    public async Task Deadline_WhileItRuns_EndsIt(string path, string body, string place)
    {
        var time = new ManualTime();
        await using var server = await StartAsync(time);
        var answer = server.PostAsync(path, body);
        await BegunAsync(server);
        await TestServer.UntilAsync(() => time.TimerCount > 0);
        await AdvanceUntilEndedAsync(server, time);
        var late = await answer;
        Assert.Equal(504, late.Status);
        Assert.Equal(Detail, late.Json.GetProperty(place).GetString());
        await NothingIsLeftAsync(server);
        Assert.Contains("skiff_request_failures_total{", (await server.GetAsync("/metrics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deadline_NotReached_LeavesItAlone()
    {
        var time = new ManualTime();
        await using var server = await StartAsync(time);
        var answer = server.PostAsync("/predict", """{"text":"x"}""");
        await BegunAsync(server);
        time.Advance(TimeSpan.FromSeconds(2.9));
        server.Loader.Gate.Release();
        Assert.Equal(200, (await answer).Status);
        Assert.Equal(0, server.Loader.Ended.CurrentCount);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Caller_GoesWhileItRuns_EndsIt(bool inPieces)
    {
        await using var server = await StartAsync();
        using (var client = await SendAsync(server, inPieces))
        {
            await BegunAsync(server);
        }

        await EndedAsync(server);
        await NothingIsLeftAsync(server);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Stop_WhenItsTimeIsUp_EndsWhatStillRuns(bool inPieces)
    {
        await using var server = await StartAsync();
        using var client = await SendAsync(server, inPieces);
        await BegunAsync(server);
        using var now = new CancellationTokenSource();
        var stopped = server.StopAsync(now.Token);
        Assert.Equal(0, server.Loader.Ended.CurrentCount);
        await now.CancelAsync();
        await EndedAsync(server);
        await stopped;
        Assert.Equal(0, server.Services.GetRequiredService<ConcurrencyGate>().Running);
    }

    [Fact]
    public async Task Stop_WhileARequestRuns_TakesNothingNewAndEndsWithItsAnswer()
    {
        await using var server = await StartAsync();
        using var client = await SendAsync(server, inPieces: false);
        await BegunAsync(server);
        var stopped = server.StopAsync();
        await UntilRefusedAsync(server.Address);
        Assert.False(stopped.IsCompleted);
        server.Loader.Gate.Release();
        using var reader = new StreamReader(client.GetStream());
        Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await stopped;
        Assert.Equal(0, server.Loader.Ended.CurrentCount);
    }

    private static async Task UntilRefusedAsync(Uri address)
    {
        while (true)
        {
            using var other = new TcpClient();
            try
            {
                await other.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private static Task<TestServer> StartAsync(ManualTime? time = null) => TestServer.StartAsync(
        static r => r.WriteVersion("1", "long", isLatest: true),
        static o => (o.Server.MaxConcurrency, o.Server.RequestTimeout) = (1, TimeSpan.FromSeconds(3)),
        b =>
        {
            if (time is not null)
            {
                b.Services.AddSingleton<TimeProvider>(time);
            }
        });

    private static Task BegunAsync(TestServer server) => server.Loader.Begun.WaitAsync(TestContext.Current.CancellationToken);

    private static Task EndedAsync(TestServer server) => server.Loader.Ended.WaitAsync(TestContext.Current.CancellationToken);

    // The request's own timer is made at its first look, which nobody outside it sees.
    private static async Task AdvanceUntilEndedAsync(TestServer server, ManualTime time)
    {
        do
        {
            time.Advance(TimeSpan.FromSeconds(4));
        }
        while (!await server.Loader.Ended.WaitAsync(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken));
    }

    // Its turn is free, and the memory that it left behind answers the next one rightly.
    private static async Task NothingIsLeftAsync(TestServer server)
    {
        var gate = server.Services.GetRequiredService<ConcurrencyGate>();
        await TestServer.UntilAsync(() => gate.Running == 0);
        server.Loader.Gate.Release();
        var next = await server.PostAsync("/predict", """{"text":"x"}""");
        Assert.Equal(200, next.Status);
        Assert.Equal(7, next.Json.GetProperty("prediction").GetInt32());
        Assert.Equal(0, gate.Running);
    }

    private static async Task<TcpClient> SendAsync(TestServer server, bool inPieces)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        client.NoDelay = true;
        var stream = client.GetStream();
        const string Head = "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 12\r\n";
        if (inPieces)
        {
            // 100-continue says that the server has begun to read.
            await WriteAsync(stream, $"{Head}Expect: 100-continue\r\n\r\n");
            _ = await stream.ReadAsync(new byte[256], TestContext.Current.CancellationToken);
            await WriteAsync(stream, """{"text":"x"}""");
        }
        else
        {
            await WriteAsync(stream, $$"""{{Head}}{{"\r\n"}}{"text":"x"}""");
        }

        return client;
    }

    private static async Task WriteAsync(NetworkStream stream, string text) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
}
