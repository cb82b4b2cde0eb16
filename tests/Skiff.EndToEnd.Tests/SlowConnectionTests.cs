using System.Diagnostics;
using System.Net;

namespace Skiff.EndToEnd.Tests;

/// <summary>
/// Connections whose heads and bodies come a byte at a time, or not at all. <c>SKIFF_SLOW_CONNECTIONS</c> says how many; docs/faults.md has the figures of
/// ten thousand.
/// </summary>
public class SlowConnectionTests(ITestOutputHelper output)
{
    private const string Text = "this is a great product";
    private const string Head = "POST /predict HTTP/1.1\r\nHost: x\r\nX-API-Key: " + SkiffGateway.Key + "\r\nContent-Type: application/json\r\n";

    private const string Timeout = "2";

    // What may have been opened meanwhile: connections of those that ask beside, and of the gateway to its model server.
    private const int Others = 16;

    [Fact]
    public async Task Server_HeadsAndBodiesThatComeSlowly_HoldNobodyUpAndAreEnded()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root, "--request-timeout", Timeout, "--max-concurrency", "2", "--max-queue", "2");
        await server.UntilReadyAsync();
        await HoldAsync(server, server, async () => Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync(Text)).Prediction()));
    }

    [Fact]
    public async Task Gateway_HeadsAndBodiesThatComeSlowly_HoldNobodyUpAndAreEnded()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        await using var gateway = await SkiffGateway.StartAsync(
            [server], new Dictionary<string, string> { ["SKIFF_REQUEST_TIMEOUT"] = Timeout, ["SKIFF_MAX_CONCURRENCY"] = "2", ["SKIFF_MAX_QUEUE"] = "2" });
        await HoldAsync(gateway, server, async () => (await gateway.PredictAsync(Text)).AssertStatus(HttpStatusCode.OK));
        Assert.Equal(0, await gateway.CountAsync("skiff_gateway_retries_total"));
    }

    /// <summary>Opens slow connections, asks beside them for as long as they are there, and waits until the program has ended them all.</summary>
    private async Task HoldAsync(RunningProgram program, RunningProgram server, Func<Task> askAsync)
    {
        var count = Settings.Number("SKIFF_SLOW_CONNECTIONS", 300);
        await askAsync();
        var (files, memory) = (program.OpenFiles, program.ResidentBytes);
        var connections = await OpenAsync(program.Port, count);
        var held = program.ResidentBytes;
        var (asked, longest, begun) = (0, TimeSpan.Zero, Stopwatch.StartNew());
        var ended = Task.WhenAll(connections.Select(connection => connection.ReadToEndAsync()));
        while (!ended.IsCompleted)
        {
            var watch = Stopwatch.StartNew();
            await askAsync();
            asked++;
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            await Task.WhenAny(ended, Task.Delay(20, TestContext.Current.CancellationToken));
        }

        connections.ForEach(connection => connection.Dispose());
        await program.UntilAsync("all connections are closed", () => Task.FromResult(program.OpenFiles <= files + Others));
        Assert.DoesNotContain("\"level\":\"error\"", program.Log, StringComparison.Ordinal);
        await server.UntilAsync("it is still there", async () => (await server.GetAsync("/health/ready")).Status == HttpStatusCode.OK);
        output.WriteLine(
            $"{count} slow connections: {asked} others were asked beside them, the slowest took {longest.TotalMilliseconds:F0} ms; "
            + $"{(held - memory) / count} bytes of memory a connection, {program.ResidentBytes >> 20} MiB in the end; all were ended {begun.Elapsed.TotalSeconds:F1} s after the last had come");
        Assert.True(held - memory < 64L * 1024 * count + (64 << 20), $"{held - memory} bytes for {count} connections");
        Assert.Contains((await ended), answer => answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 504", StringComparison.Ordinal));
    }

    private static async Task<List<RawConnection>> OpenAsync(int port, int count)
    {
        var connections = new List<RawConnection>();
        for (var i = 0; i < count; i++)
        {
            connections.Add(await RawConnection.OpenAsync(port, (i % 4) switch
            {
                0 => "POST /pre",
                1 => Head,
                2 => Head + "Content-Length: 1000000\r\n\r\n{\"text\":\"",
                _ => Head + "Transfer-Encoding: chunked\r\n\r\nff\r\n{\"te",
            }));
        }

        return connections;
    }
}
