using System.Globalization;
using System.Net;
using Skiff.TestKit;

namespace Skiff.EndToEnd.Tests;

/// <summary>
/// Gateway and two model servers under load, while versions come and go and servers die and hang. <c>SKIFF_CHAOS_SECONDS</c> says for how long; docs/gateway.md
/// has the counts of a long run.
/// </summary>
public class ChaosTests(ITestOutputHelper output)
{
    private const int RequestsPerSecond = 200;
    private const int NamedEvery = 10;
    private const string Text = "this is a great product";

    private static readonly TimeSpan SlowestRound = TimeSpan.FromMinutes(3);

    // As long as probes need to find a server silent, and some requests meet it before.
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Load_WhileVersionsChangeAndServersDieAndHang_NoRequestFailsAndNoAnswerIsWrong()
    {
        var wanted = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("SKIFF_CHAOS_SECONDS") ?? "20", CultureInfo.InvariantCulture));
        using var files = new TemporaryFolder();
        using var registry = TempRegistry.Sentiment();
        await using var scene = await ChaosScene.StartAsync(registry, files);
        var load = new ConstantLoad(RequestsPerSecond, (int)((wanted + SlowestRound).TotalSeconds * RequestsPerSecond));
        using var stop = new CancellationTokenSource();
        var enough = Task.Delay(wanted, TestContext.Current.CancellationToken);
        var loading = load.RunAsync(number => AskAsync(scene.Gateway, number), stop.Token);

        var rounds = 0;
        do
        {
            await RoundAsync(scene, ++rounds);
        }
        while (!enough.IsCompleted);

        await stop.CancelAsync();
        await loading;

        await TellAsync(scene, load, rounds);
        Assert.True(load.Failed == 0, string.Join(Environment.NewLine, [$"{load.Failed} of {load.Sent} failed:", .. load.Failures, scene.Gateway.Log]));
        Assert.All(load.Answers.Keys, answer => Assert.Equal(scene.Published[answer.Version], answer.Prediction));
        Assert.NotEqual(0, await scene.Gateway.CountAsync("skiff_gateway_retries_total"));
        Assert.Equal(scene.Promoted, load.Answers.Keys.Select(answer => answer.Version).ToHashSet());
    }

    /// <summary>Everything that happens to a service in a bad year. The load goes on meanwhile.</summary>
    private static async Task RoundAsync(ChaosScene scene, int round)
    {
        await scene.PublishAsync($"1.{round}.0", isOther: round % 2 == 1);
        await scene.PromoteAsync($"1.{round}.0");
        await scene.KillAndRestartAsync(round % 2);
        await scene.RollBackAsync();
        await scene.HangAsync(1 - (round % 2), Hanging);
        await scene.PromoteAsync($"1.{round}.0");
    }

    private static async Task<(string Version, string Prediction)> AskAsync(SkiffGateway gateway, int number)
    {
        var answer = number % NamedEvery == 0 ? await gateway.PredictAsync(Text, "1.0.0") : await gateway.PredictAsync(Text);
        answer.AssertStatus(HttpStatusCode.OK);
        var result = answer.Json["result"]!;
        var (version, prediction) = ((string)result["version"]!, (string)result["prediction"]!);
        Assert.True(number % NamedEvery != 0 || version == "1.0.0", $"1.0.0 was asked for, {version} answered");
        return (version, prediction);
    }

    private async Task TellAsync(ChaosScene scene, ConstantLoad load, int rounds)
    {
        output.WriteLine($"{rounds} rounds, {load.Sent} requests, {load.Failed} failed, longest {load.Longest.TotalMilliseconds:F0} ms");
        foreach (var ((version, prediction), count) in load.Answers.OrderBy(answer => answer.Key.Version, StringComparer.Ordinal))
        {
            output.WriteLine($"{count} answers of {version}: {prediction}");
        }

        foreach (var line in (await scene.Gateway.MetricsAsync()).Split('\n').Where(line => line.StartsWith("skiff_gateway_", StringComparison.Ordinal) && line.Contains("s_total{", StringComparison.Ordinal)))
        {
            output.WriteLine(line);
        }
    }
}
