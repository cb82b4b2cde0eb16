using System.Net.Sockets;
using System.Text;

namespace Skiff.EndToEnd.Tests;

/// <summary>SIGTERM, as every container engine sends it.</summary>
public class ShutdownTests
{
    [Fact]
    public async Task Terminate_IdleServer_ExitsWithZero()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();

        server.Terminate();

        Assert.Equal(0, await server.ExitCodeAsync());
    }

    [Fact]
    public async Task Terminate_RequestUnderWay_IsAnsweredBeforeTheServerEnds()
    {
        const string Body = """{"text":"this is a great product"}""";
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        using var client = new TcpClient("127.0.0.1", server.Port);
        await using var stream = client.GetStream();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        // 100-continue is the server's own word that it has begun to read this request.
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\nExpect: 100-continue\r\n\r\n"), deadline.Token);
        var buffer = new byte[4096];
        var length = await stream.ReadAsync(buffer, deadline.Token);
        Assert.StartsWith("HTTP/1.1 100 ", Encoding.ASCII.GetString(buffer, 0, length), StringComparison.Ordinal);

        server.Terminate();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Body), deadline.Token);

        var answer = new StringBuilder();
        while ((length = await stream.ReadAsync(buffer, deadline.Token)) > 0)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, length));
        }

        Assert.StartsWith("HTTP/1.1 200 ", answer.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"prediction\":\"positive\"", answer.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await server.ExitCodeAsync());
    }
}
