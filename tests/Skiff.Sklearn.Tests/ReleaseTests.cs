using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;
using Skiff.TestKit.Fixtures;

namespace Skiff.Sklearn.Tests;

/// <summary>
/// Where the behaviour of one release ends and that of the next begins. There are fixtures of four releases; a file of one of them that says it is of another
/// must answer as the source of that other one does, which was read for 0.24.2, 1.0.2, 1.1.3, 1.3.0, 1.3.1, 1.5.2, 1.6.1, 1.7.1 and 1.8.0.
/// </summary>
public sealed class ReleaseTests
{
    [Theory]
    [InlineData("1.2.1/trees-labels-text-tree-shallow")]
    [InlineData("1.2.1/trees-count-extra-trees-part")]
    [InlineData("1.2.1/trees-many-classes-forest-shallow")]
    [InlineData("1.2.1/adaboost-three-samme-r")]
    public void Trees_Of13_HoldCountsAsThoseOf12(string name)
    {
        // In sklearn/tree/_classes.py, predict_proba divides by the sum up to 1.3; 1.4 holds fractions.
        Assert.Equal(Numbers(name, "1.2.1", Methods.PredictProba), Numbers(name, "1.3.0", Methods.PredictProba));
        Assert.Equal(Numbers(name, "1.2.1", Methods.PredictProba), Numbers(name, "1.3.2", Methods.PredictProba));
    }

    [Fact]
    public void AdaBoost_Of131_CountsVotesAgainstToo()
    {
        // With two classes a vote for one is as much against the other, so that decisions are twice what they were.
        const string Name = "1.2.1/adaboost-two-samme";
        var before = Numbers(Name, "1.2.1", Methods.DecisionFunction);
        Assert.Equal(before, Numbers(Name, "1.3.0", Methods.DecisionFunction));
        var after = Numbers(Name, "1.3.1", Methods.DecisionFunction);
        Assert.Equal(before.Length, after.Length);
        Assert.All(before.Zip(after), static pair => Assert.Equal(2 * pair.First, pair.Second, 12));
    }

    [Theory]
    [InlineData("1.3.2", false)]
    [InlineData("1.4.0", true)]
    public void ClassifierChain_LogarithmsOfProbabilities_AreThereSince14(string release, bool expected) =>
        Assert.Equal(expected, Load("1.4.2/combined-chain-default-logistic", release).Model.Methods.HasFlag(Methods.PredictLogProba));

    [Theory]
    [InlineData("1.8.0", double.NaN)]
    [InlineData("1.9.0", 1 / 3.0)]
    public void SgdClassifier_NoClassHasAnyProbability_AllAreAsLikelySince19(string release, double expected) => Assert.All(
        Numbers("1.4.2/sgd-three-log-loss", release, Methods.PredictProba, ("intercept_", new NdArray(DType.Float64, [3], new[] { -1e300, -1e300, -1e300 }))),
        value => Assert.Equal(expected, value));

    [Theory]
    [InlineData("1.9.7", true)]
    [InlineData("1.10.0", false)]
    [InlineData("0.21.3", false)]
    public void Load_ReleaseBeyondThose_IsRefused(string release, bool isRead)
    {
        if (isRead)
        {
            Load("1.2.1/adaboost-two-samme", release);
            return;
        }

        Assert.Contains("releases from 0.22 to 1.9 are read", Assert.Throws<ModelLoadException>(() => Load("1.2.1/adaboost-two-samme", release)).Message, StringComparison.Ordinal);
    }

    private static double[] Numbers(string name, string release, Methods method, params (string Name, object? Value)[] changes)
    {
        var (model, fixture) = Load(name, release, changes);
        var scratch = new Scratch();
        var results = new Results();
        model.Run(method, FixtureRows.Write(new InputPlan(model.Signature.Input), scratch, fixture.Input!, 0, fixture.Input!.Rows), scratch, results);
        var block = Assert.IsType<DenseBlock>(results.Find(method).Numbers);
        return [.. Enumerable.Range(0, block.Rows).SelectMany(row => block.Row(row).ToArray())];
    }

    private static (IModel Model, Fixture Fixture) Load(string name, string release, params (string Name, object? Value)[] changes)
    {
        var fixture = Fixture.Read(name);
        var file = Assert.Single(fixture.Artifacts);
        var document = PickleReader.Read(Path.Combine(fixture.Directory, file));
        foreach (var attributes in GraphMutation.Attributes(document.Root))
        {
            for (var i = 0; i < attributes.Count; i++)
            {
                foreach (var (key, value) in changes.Append(("_sklearn_version", release)))
                {
                    if (key.Equals(attributes.Entries[i].Key))
                    {
                        attributes.Entries[i] = KeyValuePair.Create<object?, object?>(key, value);
                    }
                }
            }
        }

        var source = new ModelSource { Directory = fixture.Directory, Artifacts = [file], FunctionPaths = [Fixture.Folder] };
        var artifacts = new ArtifactReader(source, PickleOptions.Default, TestContext.Current.CancellationToken);
        artifacts.Add(file, document);
        return (new ModelAssembly(source, artifacts, new ReadContext(new FunctionLibrary(source, SklearnOptions.Default))).Build(), fixture);
    }
}
