using System.Globalization;
using System.Text;

namespace Skiff.EndToEnd.Tests;

/// <summary>A heap that is too small for what is sent.</summary>
public class MemoryTests(ITestOutputHelper output)
{
    private const int Mebibyte = 1 << 20;
    private const string Text = "this is a great product";

    /// <summary>Bodies that together are larger than the heap: each is answered or refused in words, and the process stays.</summary>
    [Theory]
    [InlineData(48, 8, 24)]
    [InlineData(48, 1, 64)]
    [InlineData(128, 8, 24)]
    public async Task Predict_MoreThanTheHeapHolds_IsRefusedInWordsAndServesOn(int heap, int body, int callers)
    {
        using var registry = TempRegistry.Sentiment();
        var port = RunningProgram.FreePort();
        var environment = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = (heap * Mebibyte).ToString("x", CultureInfo.InvariantCulture) };
        await using var server = await SkiffServer.StartAsync(
            port, RunningProgram.LoopbackClient(port), ["serve", "--registry", registry.Root, "--urls", $"http://127.0.0.1:{port}"], environment);
        await server.UntilReadyAsync();
        var bytes = Encoding.ASCII.GetBytes($$"""{"text":"{{string.Concat(Enumerable.Repeat("great word ", body * Mebibyte / 11))}}"}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => AskAsync(port, bytes))));

        foreach (var status in answers.GroupBy(answer => answer[..Math.Min(answer.Length, 12)]))
        {
            output.WriteLine($"{status.Count()} x {status.Key}");
        }

        Assert.All(answers, AssertAnsweredOrRefused);
        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync(Text)).Prediction());
        Assert.Equal(0, await server.GaugeAsync("skiff_buffered_bytes"));
    }

    private static async Task<string> AskAsync(int port, byte[] body)
    {
        using var connection = await RawConnection.OpenAsync(
            port, $"POST /predict HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        var sending = connection.SendAsync(body);
        var answer = await connection.ReadToEndAsync();
        await sending;
        return answer;
    }

    private static void AssertAnsweredOrRefused(string answer)
    {
        if (answer.StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal))
        {
            Assert.Contains("\r\nRetry-After: 1\r\n", answer, StringComparison.Ordinal);
            Assert.Matches("\"(the server has not enough memory for this request now; |the server holds as many bytes of requests as it may; )", answer);
            return;
        }

        Assert.Matches("^HTTP/1[.]1 (200 .*\"prediction\":|413 .*SKIFF_MAX_BUFFERED_BYTES)", answer.ReplaceLineEndings(" "));
    }
}
