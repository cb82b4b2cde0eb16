using Skiff.Models;
using Skiff.TestKit.Fixtures;

namespace Skiff.Conformance.Tests;

/// <summary>
/// Every model that scikit-learn wrote for us, ended while it works: at the first look, in the middle, at the last one. It never answers partly, its
/// memory serves the next call, and who works long looks again and again.
/// </summary>
public sealed class EndedCallTests
{
    private const int ManyRows = 384;

    // Each is a family with a loop that can take long, and says of its work as it goes: so many rows more, so many looks more.
    private static readonly string[] LongWork =
    [
        "neighbors-", "svm-", "density-", "gaussian-", "kernel-", "factors-", "topics-", "codes-", "imputer-knn", "trees-forest", "discriminant-q",
        "mixture-", "network-", "manifold-", "nystroem-", "graphs-", "bayes-gaussian", "text-",
    ];

    // Without hidden layers, support vectors or rounds, there is nothing that could take long.
    private static readonly string[] ShortWork = ["factors-one", "kernel-centerer", "network-regressor-none", "network-two-none", "svm-regressor-none", "topics-no-steps"];

    public static TheoryData<string> Names => [.. Fixture.Names.Where(name => name.StartsWith("1.9.0/", StringComparison.Ordinal))];

    public static TheoryData<string> LongNames =>
        [.. Fixture.Names.Where(name => name.StartsWith("1.9.0/", StringComparison.Ordinal) && IsLong(name["1.9.0/".Length..]))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_EndedAtALook_AnswersNothingAndLeavesItsMemoryUsable(string name)
    {
        if (Open(name) is not var (fixture, model, wanted))
        {
            return;
        }

        var scratch = new Scratch();
        var looks = Looks(model, wanted, fixture.Input!, fixture.Input!.Rows, scratch);
        Assert.True(looks > 0, "it never looks");
        foreach (var last in new[] { 1, (looks / 2) + 1, looks }.Distinct())
        {
            scratch.Reset();
            scratch.Watch = new EndingWatch(last);
            Assert.Throws<OperationCanceledException>(() => Run(model, wanted, fixture.Input!, fixture.Input!.Rows, scratch));
        }

        scratch.Watch = null;
        scratch.Reset();
        var results = Run(model, wanted, fixture.Input!, fixture.Input!.Rows, scratch);
        foreach (var (method, expected) in fixture.Outputs)
        {
            Answers.Compare(expected, results[method], 0);
        }
    }

    [Theory]
    [MemberData(nameof(LongNames))]
    public void Run_OnManyRows_LooksMoreOftenTheMoreThereAre(string name)
    {
        if (Open(name) is not var (fixture, model, wanted))
        {
            return;
        }

        var scratch = new Scratch();
        var few = Looks(model, wanted, fixture.Input!, ManyRows, scratch);
        scratch.Reset();
        var many = Looks(model, wanted, fixture.Input!, 4 * ManyRows, scratch);
        Assert.True(many > few, $"{few} looks at {ManyRows} rows, {many} at {4 * ManyRows}");
    }

    private static bool IsLong(string name) => LongWork.Any(family => name.StartsWith(family, StringComparison.Ordinal)) && !ShortWork.Contains(name);

    // What cannot be loaded or asked has no call that could end.
    private static (Fixture Fixture, IModel Model, Methods Wanted)? Open(string name)
    {
        var fixture = Fixture.Read(name);
        if (fixture.Refused is not null || fixture.Outputs.Count == 0 || fixture.Input!.Rows == 0)
        {
            return null;
        }

        return (fixture, ConformanceTests.Load(fixture), fixture.Outputs.Keys.Aggregate(Methods.None, (all, output) => all | ConformanceTests.MethodOf(output)));
    }

    private static int Looks(IModel model, Methods wanted, FixtureInput input, int rows, Scratch scratch)
    {
        var watch = new EndingWatch(int.MaxValue);
        scratch.Watch = watch;
        Run(model, wanted, input, rows, scratch);
        return watch.Looks;
    }

    // What the parser of the rows takes is not the model's.
    private static Results Run(IModel model, Methods wanted, FixtureInput input, int rows, Scratch scratch)
    {
        var watch = scratch.Watch;
        scratch.Watch = null;
        var table = FixtureRows.WriteMany(new InputPlan(model.Signature.Input), scratch, input, rows);
        scratch.Watch = watch;
        var results = new Results();
        model.Run(wanted, table, scratch, results);
        return results;
    }

    private sealed class EndingWatch(int last) : ICallWatch
    {
        public int Looks { get; private set; }

        public long Interval => 0;

        public void Look()
        {
            if (++Looks == last)
            {
                throw new OperationCanceledException();
            }
        }
    }
}
