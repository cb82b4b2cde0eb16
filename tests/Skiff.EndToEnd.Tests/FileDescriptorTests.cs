using System.Net;

namespace Skiff.EndToEnd.Tests;

/// <summary>More connections than the process may have files open.</summary>
public class FileDescriptorTests
{
    private const int Files = 64;
    private const int Connections = 200;
    private const string Text = "this is a great product";

    [Fact]
    public async Task Serve_MoreConnectionsThanFiles_SaysSoGoesOnAndTakesNewOnesOnceTheyGo()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartWithFilesAsync(Files, registry.Root);
        await server.UntilReadyAsync();
        var connections = new List<RawConnection>();
        for (var i = 0; i < Connections; i++)
        {
            connections.Add(await RawConnection.OpenAsync(server.Port, "GET /health HTTP/1.1\r\n"));
        }

        await server.UntilAsync("the log tells of refused connections", () => Task.FromResult(server.Log.Contains("connections are open, as many as may be", StringComparison.Ordinal)));

        // One that is refused has been accepted first, and those that come and go while the files are counted may be counted together.
        await server.UntilAsync("files are left", () => Task.FromResult(server.OpenFiles < Files));

        // Over the connection that was there before: models can still be read.
        var lines = server.LogLines.Count;
        registry.Save("1.1.0", TempRegistry.OtherModel);
        await server.UntilAsync("1.1.0 answers", async () => (await server.PredictAsync(Text)).Prediction() == ("1.1.0", "good"));
        Assert.DoesNotContain(server.LogLines.Skip(lines), line => line.Contains("Too many open files", StringComparison.Ordinal));

        connections.ForEach(connection => connection.Dispose());
        using var another = RunningProgram.LoopbackClient(server.Port);
        await server.UntilAsync("a new connection is answered", async () => (await another.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK);
    }
}
