namespace Skiff.Registry.Tests;

/// <summary>
/// Python saves 1.1.0 beside a served 1.0.0, each file truncated, half written, then whole. Whatever prefix of that a reader meets, and however
/// long the writer rests there, it serves the old model as 1.0.0 or the new one as 1.1.0.
/// </summary>
public sealed class HalfWrittenTests
{
    private const string OldModel = "the old model.";
    private const string NewModel = "the newer model.";
    private const string OldMetadata = """{"version": "1.0.0", "test_accuracy": 0.25}""";
    private const string NewMetadata = """{"version": "1.1.0", "test_accuracy": 0.5}""";

    public static TheoryData<string> Orders =>
    [
        "versions/1.1.0/model.joblib versions/1.1.0/metadata.json latest/model.joblib latest/metadata.json",
        "versions/1.1.0/model.joblib versions/1.1.0/metadata.json latest/metadata.json latest/model.joblib",
        "versions/1.1.0/metadata.json versions/1.1.0/model.joblib latest/metadata.json latest/model.joblib",
        "versions/1.1.0/metadata.json versions/1.1.0/model.joblib latest/model.joblib latest/metadata.json",
        "latest/model.joblib latest/metadata.json versions/1.1.0/model.joblib versions/1.1.0/metadata.json",
        "latest/metadata.json latest/model.joblib versions/1.1.0/metadata.json versions/1.1.0/model.joblib",
        "latest/model.joblib latest/metadata.json",
        "latest/metadata.json latest/model.joblib",
        "versions/1.1.0/model.joblib versions/1.1.0/metadata.json",
        "versions/1.1.0/metadata.json versions/1.1.0/model.joblib",
        "model.joblib metadata.json",
        "metadata.json model.joblib",
    ];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Refresh_WriterRestsAfterAnyPrefix_ServesOldOrNew(string order)
    {
        var steps = StepsOf(order);
        for (var rest = 0; rest < steps.Count; rest++)
        {
            Run(order, steps, step => step == rest);
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Refresh_WriterRestsAfterEveryStep_ServesOldOrNew(string order) => Run(order, StepsOf(order), _ => true);

    [Theory]
    [MemberData(nameof(Orders))]
    public void Refresh_WriterRestsAtRandom_ServesOldOrNew(string order)
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var run = 0; run < 10; run++)
        {
            Run(order, StepsOf(order), _ => random.Next(3) == 0);
        }
    }

    [Fact]
    public void Refresh_BothFoldersAreWrittenAtOnce_ServesOldOrNew()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var run = 0; run < 50; run++)
        {
            var one = StepsOf("versions/1.1.0/model.joblib versions/1.1.0/metadata.json");
            var two = StepsOf(random.Next(2) == 0 ? "latest/model.joblib latest/metadata.json" : "latest/metadata.json latest/model.joblib");
            var merged = new List<(string, string)>();
            while (one.Count + two.Count > 0)
            {
                var from = one.Count > 0 && (two.Count == 0 || random.Next(2) == 0) ? one : two;
                merged.Add(from[0]);
                from.RemoveAt(0);
            }

            Run($"latest/ merge {run}", merged, _ => random.Next(3) == 0);
        }
    }

    private static List<(string File, string Content)> StepsOf(string order)
    {
        var steps = new List<(string, string)>();
        foreach (var file in order.Split(' '))
        {
            var content = file.EndsWith("json", StringComparison.Ordinal) ? NewMetadata : NewModel;
            steps.AddRange([(file, string.Empty), (file, content[..(content.Length / 2)]), (file, content)]);
        }

        return steps;
    }

    private static void Run(string order, List<(string File, string Content)> steps, Func<int, bool> rests)
    {
        using var folder = new Folder();
        var isVersioned = order.Contains("versions/", StringComparison.Ordinal) || order.Contains("merge", StringComparison.Ordinal);
        var served = order.Contains("latest/", StringComparison.Ordinal) ? "latest/" : isVersioned ? null : string.Empty;
        foreach (var at in new[] { isVersioned ? "versions/1.0.0/" : null, served }.OfType<string>())
        {
            folder.Write(at + "model.joblib", OldModel).Write(at + "metadata.json", OldMetadata);
        }

        folder.Settle(5000);
        var consumer = new Consumer(folder.Open());
        consumer.Look();
        Assert.Equal(("1.0.0", OldModel), consumer.Serving);

        for (var step = 0; step < steps.Count; step++)
        {
            folder.Settle(1).Write(steps[step].File, steps[step].Content);
            Check(step);
            if (rests(step))
            {
                folder.Settle();
                Check(step);
            }
        }

        folder.Settle();
        consumer.Look();
        Assert.Equal(("1.1.0", NewModel), consumer.Serving);

        void Check(int step)
        {
            consumer.Look();
            var (version, content) = consumer.Serving!.Value;
            var isAllowed = (content, version) is (OldModel, "1.0.0") or (NewModel, "1.1.0");
            Assert.True(isAllowed, $"after step {step} ({steps[step]}) of {order}: {content} is served as {version}");
        }
    }
}
