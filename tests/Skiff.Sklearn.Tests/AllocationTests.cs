using Skiff.Models;
using Skiff.TestKit.Fixtures;

namespace Skiff.Sklearn.Tests;

/// <summary>Whatever the estimator: once its working memory has grown, a row costs no allocation.</summary>
public sealed class AllocationTests
{
    // Models that call functions in Python, which make lists, texts and arrays of their own in each call.
    private static readonly string[] OwnFunctions = ["function", "analyzer", "tokenizer", "preprocessor", "count-str", "prep-own-"];

    [Fact]
    public void Run_ARowOnceMore_AllocatesNothing()
    {
#if DEBUG
        Assert.Skip("needs an optimised build: without optimisation the JIT boxes what it otherwise does not");
#endif
        var failures = new List<string>();
        foreach (var name in Fixture.Names.Where(name => name.StartsWith("1.9.0/", StringComparison.Ordinal) && !OwnFunctions.Any(own => name.Contains(own, StringComparison.Ordinal))))
        {
            var fixture = Fixture.Read(name);
            if (fixture is { Refused: null, Errors.Count: 0, Outputs.Count: > 0, Artifacts: [var file], Labels: null, Threshold: null, FeaturesEntry: null } && !file.Contains('#', StringComparison.Ordinal)
                && Allocated(fixture, file) is > 0 and var bytes)
            {
                failures.Add($"{name}: {bytes} bytes");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static long Allocated(Fixture fixture, string file)
    {
        var model = new SklearnModelLoader().Load(new ModelSource { Directory = fixture.Directory, Artifacts = [file], FunctionPaths = [Fixture.Folder] }, TestContext.Current.CancellationToken);
        var scratch = new Scratch();
        var results = new Results();
        var allocated = long.MaxValue;
        for (var i = 0; i < 6; i++)
        {
            var table = FixtureRows.Write(model.Plan, scratch, fixture.Input!, 0, 1);
            var before = GC.GetAllocatedBytesForCurrentThread();
            model.Run(model.Methods, table, scratch, results);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            results.Clear();
            scratch.Reset();
        }

        return allocated;
    }
}
