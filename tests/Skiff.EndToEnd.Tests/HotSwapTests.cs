using System.Net;

namespace Skiff.EndToEnd.Tests;

/// <summary>Python writes in place, without locks, while requests run: none may fail, and none may be answered by one model under another's name.</summary>
public class HotSwapTests
{
    /// <summary>Odd, so that no piece ends where a pickle's opcode or a joblib array happens to end.</summary>
    private const int PieceLength = 211;

    private const int RequestsBetweenPieces = 3;

    [Fact]
    public async Task Serve_PythonRewritesLatestWhileRequestsRun_NoneFailsAndNoneIsMisnamed()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        var answers = new List<(string Version, string Prediction)>();

        foreach (var (path, content) in registry.FilesOf("1.1.0", TempRegistry.OtherModel))
        {
            // As open(path, "wb") and many small writes do it.
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            await AskAsync(server, answers, RequestsBetweenPieces);
            for (var start = 0; start < content.Length; start += PieceLength)
            {
                await file.WriteAsync(content.AsMemory(start, Math.Min(PieceLength, content.Length - start)), TestContext.Current.CancellationToken);
                await AskAsync(server, answers, RequestsBetweenPieces);
            }
        }

        await server.UntilAsync("1.1.0 answers", async () =>
        {
            await AskAsync(server, answers, 1);
            return answers[^1].Version == "1.1.0";
        });
        await AskAsync(server, answers, 100);

        Assert.Equal([("1.0.0", "positive"), ("1.1.0", "good")], answers.Distinct());
        Assert.Equal(answers.OrderBy(answer => answer.Version, StringComparer.Ordinal), answers);
    }

    [Fact]
    public async Task Serve_SeveralClientsDuringManySwaps_NoneFailsAndNoneIsMisnamed()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        using var done = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(() => AskUntilAsync(server, done.Token))).ToArray();

        foreach (var version in new[] { "1.1.0", "1.2.0", "1.3.0" })
        {
            registry.Save(version, version == "1.2.0" ? TempRegistry.BundledModel : TempRegistry.OtherModel);
            await server.UntilAsync($"{version} answers", async () => (await server.PredictAsync("this is a great product")).Prediction().Version == version);
        }

        await done.CancelAsync();
        var seen = (await Task.WhenAll(clients)).SelectMany(answers => answers).Distinct().Order();

        // 1.2.0 holds the bytes of 1.0.0, 1.3.0 those of 1.1.0: latest/ may go by either name, but each name goes with its own model only.
        Assert.All(seen, answer => Assert.Equal(answer.Version is "1.0.0" or "1.2.0" ? "positive" : "good", answer.Prediction));
    }

    [Fact]
    public async Task Predict_BothVersionsByName_EachAnswersForItself()
    {
        using var registry = TempRegistry.Sentiment();
        registry.SaveVersion("1.1.0", TempRegistry.OtherModel);
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();

        // Written a moment ago, 1.1.0 is read once it has been still for a while; 1.0.0 need not wait for that.
        await server.UntilAsync("1.1.0 is found", async () => (await server.PredictAsync("fine", "1.1.0")).Status == HttpStatusCode.OK);

        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync("this is a great product")).Prediction());
        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync("this is a great product", "1.0.0")).Prediction());
        Assert.Equal(("1.1.0", "good"), (await server.PredictAsync("this is a great product", "1.1.0")).Prediction());
    }

    private static async Task AskAsync(SkiffServer server, List<(string Version, string Prediction)> answers, int times)
    {
        for (var request = 0; request < times; request++)
        {
            answers.Add((await server.PredictAsync("this is a great product")).Prediction());
        }
    }

    private static async Task<List<(string Version, string Prediction)>> AskUntilAsync(SkiffServer server, CancellationToken done)
    {
        var answers = new List<(string Version, string Prediction)>();
        while (!done.IsCancellationRequested)
        {
            await AskAsync(server, answers, 1);
        }

        return answers;
    }
}
