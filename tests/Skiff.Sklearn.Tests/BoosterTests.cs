using Skiff.Models;
using Skiff.Pickle;
using Skiff.TestKit.Fixtures;

namespace Skiff.Sklearn.Tests;

public sealed class BoosterTests
{
    [Theory]
    [InlineData("xgboost-two-hundred")]
    [InlineData("xgboost-three-default")]
    [InlineData("xgboost-three-softmax")]
    [InlineData("xgboost-three-vector")]
    [InlineData("xgboost-number-dart")]
    [InlineData("xgboost-number-linear")]
    public void Run_ARowOnceMore_AllocatesNothing(string name)
    {
#if DEBUG
        Assert.Skip($"{name} needs a Release build: without optimisation the JIT boxes");
#else
        var model = Load($"1.9.0/{name}");
        var scratch = new Scratch();
        var results = new Results();
        var allocated = long.MaxValue;
        for (var i = 0; i < 50; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var x = scratch.Dense(1, model.FeatureCount);
            x.Row(0).Fill(0.25);
            model.Run(model.Methods, x, scratch, results);
            results.Clear();
            scratch.Reset();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
#endif
    }

    [Fact]
    public void Run_RowsOfAnotherWidth_AreRefused()
    {
        var model = Load("1.9.0/xgboost-number-default");
        var scratch = new Scratch();
        Assert.Throws<InputException>(() => model.Run(Methods.Predict, scratch.Dense(1, 5), scratch, new Results()));
    }

    [Fact]
    public void Read_AnEstimatorThatIsNotFitted_SaysSo()
    {
        var estimator = new PyInstance(new PyGlobal("xgboost.sklearn", "XGBClassifier"), []);
        var missing = Assert.Throws<ModelLoadException>(() => Read(estimator));
        Assert.Contains("'_Booster' is missing: the estimator is not fitted; call fit", missing.Message, StringComparison.Ordinal);

        estimator.Attributes.Entries.Add(KeyValuePair.Create<object?, object?>("_Booster", null));
        var none = Assert.Throws<ModelLoadException>(() => Read(estimator));
        Assert.Contains("the estimator is not fitted", none.Message, StringComparison.Ordinal);
    }

    private static Estimator Load(string name)
    {
        var fixture = Fixture.Read(name);
        return Read((PyInstance)PickleReader.Read(Path.Combine(fixture.Directory, fixture.Artifacts[0])).Root!);
    }

    private static Estimator Read(PyInstance estimator)
    {
        var source = new ModelSource { Directory = ".", Artifacts = ["model.joblib"] };
        return new ReadContext(new FunctionLibrary(source, SklearnOptions.Default)).ReadEstimator(estimator, string.Empty);
    }
}
