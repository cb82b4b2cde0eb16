using Skiff.Models;
using Skiff.Sklearn;
using Skiff.TestKit.Fixtures;

namespace Skiff.Conformance.Tests;

/// <summary>Every model that scikit-learn wrote for us, against what scikit-learn itself answers.</summary>
public sealed class ConformanceTests
{
    private static readonly IModelLoader Loader = new SklearnModelLoader();

    public static TheoryData<string> Names => [.. Fixture.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_OnAFixture_AnswersAsScikitLearn(string name)
    {
        var fixture = Fixture.Read(name);
        if (fixture.Refused is not null)
        {
            var refusal = Assert.Throws<ModelLoadException>(() => Load(fixture));
            Assert.All(fixture.Refused, word => Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
            return;
        }

        IModel model;
        try
        {
            model = Load(fixture);
        }
        catch (ModelLoadException) when (fixture.Outputs.Count == 0 && fixture.Errors.Count > 0)
        {
            // What raises on every row that fits it may be refused when it is loaded.
            return;
        }

        var wanted = Methods.None;
        foreach (var method in fixture.Outputs.Keys)
        {
            wanted |= MethodOf(method);
        }

        Assert.Equal(MethodNames.List(wanted), MethodNames.List(model.Methods & ~Raising(fixture)));
        if (wanted != Methods.None)
        {
            CompareAll(fixture, model, wanted);
        }

        foreach (var method in fixture.Errors.Keys.Select(MethodNames.Parse).Where(m => model.Methods.HasFlag(m)))
        {
            Assert.Throws<InputException>(() => Answers.Run(model, method, fixture.Input!, 0, fixture.Input!.Rows, _ => { }));
        }
    }

    // Whole, each method alone, and each row alone: what is asked together, and in which company, changes no answer, unless it does in
    // scikit-learn.
    private static void CompareAll(Fixture fixture, IModel model, Methods wanted)
    {
        var input = fixture.Input!;
        Answers.Run(model, wanted, input, 0, input.Rows, results => CompareEach(fixture.Outputs, results, 0, input.Rows));
        for (var row = 0; row < input.Rows; row++)
        {
            Answers.Run(model, wanted, input, row, row + 1, results => CompareEach(fixture.Alone, results, row, 1));
        }

        foreach (var method in fixture.Outputs.GroupBy(output => MethodOf(output.Key)))
        {
            Answers.Run(model, method.Key, input, 0, input.Rows, results =>
            {
                Assert.Equal(method.Count(), results.Count);
                Assert.All(method, output => Answers.Compare(output.Value, results[output.Key], 0));
            });
        }
    }

    private static void CompareEach(IReadOnlyDictionary<string, FixtureArray> answers, Results results, int first, int rows)
    {
        Assert.Equal(answers.Count, results.Count);
        foreach (var (method, expected) in answers)
        {
            ref readonly var actual = ref results[method];
            Assert.Equal(rows, actual.Rows);
            Answers.Compare(expected, actual, first);
        }
    }

    // The method of an output's name: what stands before .0, .1, ... where it answers with a list of arrays.
    internal static Methods MethodOf(string output) => MethodNames.Parse(output.Split('.')[0]);

    private static Methods Raising(Fixture fixture) => fixture.Errors.Keys.Concat(fixture.Unchecked).Aggregate(Methods.None, (all, name) => all | MethodNames.Parse(name));

    internal static IModel Load(Fixture fixture)
    {
        return Loader.Load(
            new ModelSource
            {
                Directory = fixture.Directory,
                Artifacts = fixture.Artifacts,
                Labels = fixture.Labels,
                Threshold = fixture.Threshold,
                FeaturesEntry = fixture.FeaturesEntry,
                FunctionPaths = [Fixture.Folder],
            },
            TestContext.Current.CancellationToken);
    }
}
