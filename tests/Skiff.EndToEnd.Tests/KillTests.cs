using System.Diagnostics;
using System.Globalization;
using Skiff.TestKit;

namespace Skiff.EndToEnd.Tests;

/// <summary>
/// SIGKILL at random moments of everything that writes or reads a registry. <c>SKIFF_KILLS</c> says how often, <c>SKIFF_KILL_SEED</c> repeats a run;
/// docs/faults.md has the counts of a long one.
/// </summary>
public class KillTests(ITestOutputHelper output)
{
    // Some are killed when they have just ended: the last moment is a moment too.
    private const double BeyondTheEnd = 1.1;

    private static readonly string[] Kinds = ["publish", "publish and promote", "add", "add and promote", "promote", "rollback", "serve"];

    [Fact]
    public async Task Kill_AtAnyMoment_LosesNoVersionAndTakesNoHalfForWhole()
    {
        var seed = Settings.Number("SKIFF_KILL_SEED", Random.Shared.Next());
        var kills = Settings.Number("SKIFF_KILLS", 21);
        output.WriteLine($"seed {seed}, {kills} kills");
        using var registry = TempRegistry.Sentiment();
        using var files = new TemporaryFolder();
        var random = new Random(seed);
        var scene = new KillScene(registry, files, random);
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        var durations = await MeasureAsync(scene, registry);
        var (killed, ended) = (Kinds.ToDictionary(kind => kind, _ => 0), 0);

        for (var number = 1; killed.Values.Sum() < kills; number++)
        {
            var kind = Kinds[number % Kinds.Length];
            var arguments = Arguments(kind, scene, registry);
            var when = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, number {number}, {string.Join(' ', arguments)}");
            var result = await Victim.KillAsync(arguments, scene.Environment, durations[kind] * random.NextDouble() * BeyondTheEnd);
            Assert.True(!result.Ended || result.ExitCode == 0 || IsAtTheFirst(kind, result.Error), $"{when}: {result.ExitCode}, {result.Error}");
            killed[kind] += result.Ended ? 0 : 1;
            ended += result.Ended ? 1 : 0;
            await scene.CheckAsync(when, arguments);
            scene.CheckAnswer((await server.PredictAsync("this is a great product")).Prediction(), when);
        }

        output.WriteLine($"killed {string.Join(", ", killed.Select(kind => $"{kind.Value} x {kind.Key}"))}; {ended} had ended; {scene.Versions.Count} versions");
        await AssertGoesOnAsync(scene, server);
        await using var fresh = await SkiffServer.StartAsync(registry.Root);
        await fresh.UntilReadyAsync();
        Assert.Equal(scene.Served, (await fresh.PredictAsync("this is a great product")).Prediction().Version);
    }

    /// <summary>What a command is not killed in clears away what was left, and is seen by the server that ran all the while.</summary>
    private static async Task AssertGoesOnAsync(KillScene scene, SkiffServer server)
    {
        var last = scene.Publish("publish", promotes: true);
        (await SkiffBinary.RunAsync(scene.Environment, last)).AssertSucceeded();
        await scene.CheckAsync("at the end", last);
        Assert.Empty(scene.LeftBehind());
        await server.UntilAsync($"{scene.Served} answers", async () => (await server.PredictAsync("this is a great product")).Prediction().Version == scene.Served);
    }

    private static bool IsAtTheFirst(string kind, string error) => kind == "rollback" && error.Contains("There is no version before", StringComparison.Ordinal);

    private static string[] Arguments(string kind, KillScene scene, TempRegistry registry) => kind switch
    {
        "publish" or "add" => scene.Publish(kind, promotes: false),
        "publish and promote" or "add and promote" => scene.Publish(kind.Split(' ')[0], promotes: true),
        "promote" => scene.Promote(),
        "rollback" => scene.RollBack(),
        _ => ["serve", "--registry", registry.Root, "--urls", "http://127.0.0.1:0"],
    };

    /// <summary>How long each takes when nobody kills it, so that moments are spread over all of it.</summary>
    private static async Task<Dictionary<string, TimeSpan>> MeasureAsync(KillScene scene, TempRegistry registry)
    {
        var durations = new Dictionary<string, TimeSpan>();
        foreach (var kind in Kinds)
        {
            var arguments = Arguments(kind, scene, registry);
            var watch = Stopwatch.StartNew();
            if (kind == "serve")
            {
                await using var server = await SkiffServer.StartAsync(registry.Root);
                await server.UntilReadyAsync();
            }
            else
            {
                (await SkiffBinary.RunAsync(scene.Environment, arguments)).AssertSucceeded();
            }

            durations.Add(kind, watch.Elapsed);
            await scene.CheckAsync($"measuring {kind}", arguments);
        }

        return durations;
    }
}
