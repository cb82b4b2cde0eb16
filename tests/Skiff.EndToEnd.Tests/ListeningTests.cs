using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Skiff.EndToEnd.Tests;

/// <summary>Where the server listens, by every way there is to say it.</summary>
public class ListeningTests
{
    [Theory]
    [InlineData("PORT")]
    [InlineData("WEBSITES_PORT")]
    public async Task Serve_PortOfThePlatform_IsListenedOn(string variable)
    {
        using var registry = TempRegistry.Sentiment();
        var port = SkiffServer.FreePort();
        var environment = new Dictionary<string, string> { [variable] = port.ToString(CultureInfo.InvariantCulture), ["SKIFF_REGISTRY"] = registry.Root };

        await using var server = await SkiffServer.StartAsync(port, SkiffServer.LoopbackClient(port), ["serve"], environment);

        await server.UntilReadyAsync();
        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync("this is a great product")).Prediction());
    }

    [Fact]
    public async Task Serve_UnixSocket_Answers()
    {
        using var registry = TempRegistry.Sentiment();
        var socket = Path.Combine(registry.Root, "skiff.sock");
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                    return new NetworkStream(connection, ownsSocket: true);
                }
                catch (SocketException notYet)
                {
                    connection.Dispose();
                    throw new HttpRequestException(notYet.Message, notYet);
                }
            },
        };

        await using var server = await SkiffServer.StartAsync(
            0, new HttpClient(handler) { BaseAddress = new Uri("http://localhost") }, ["serve", "--registry", registry.Root, "--urls", $"http://unix:{socket}"]);

        await server.UntilReadyAsync();
        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync("this is a great product")).Prediction());
    }

    [Fact]
    public async Task Serve_PathPrefix_AnswersBelowIt()
    {
        using var registry = TempRegistry.Sentiment();
        var port = SkiffServer.FreePort();
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await using var server = await SkiffServer.StartAsync(
            port, client, ["serve", "--registry", registry.Root, "--urls", $"http://127.0.0.1:{port}", "--path-prefix", "/models-api"], healthPath: "/models-api/health");

        await server.UntilAsync("the model serves", async () => (await server.GetAsync("/models-api/health/ready")).Status == HttpStatusCode.OK);

        Assert.Equal(("1.0.0", "positive"), (await server.PostAsync("/models-api/predict", """{"text":"this is a great product"}""")).Prediction());
    }

    [Fact]
    public async Task Serve_PortInUse_FailsSayingWhich()
    {
        using var registry = TempRegistry.Empty();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var result = await SkiffBinary.RunAsync("serve", "--registry", registry.Root, "--urls", $"http://127.0.0.1:{port}");

        result.AssertFailedSaying(port.ToString(CultureInfo.InvariantCulture));
    }
}
