using Skiff.Models;
using Skiff.Pickle;
using Skiff.TestKit;

namespace Skiff.Sklearn.Tests;

/// <summary>What is said of classes that cannot be served: those that answer nothing anywhere, those of other engines, those nobody knows.</summary>
public sealed class UnsupportedTests
{
    [Fact]
    public void Load_AClusteringWithoutPredict_SaysWhatToUseInstead()
    {
        var error = Assert.Throws<ModelLoadException>(() => SklearnModel.Load(RepositoryFolder.At("tests/fixtures/1.9.0/unanswering-dbscan.joblib")));

        Assert.Equal(
            "unanswering-dbscan.joblib cannot be served: sklearn.cluster._dbscan.DBSCAN answers nothing about new rows: "
            + "it only labels the rows it was fitted on; fit a classifier on its labels_, or use a clustering with predict, as KMeans. See docs/estimators.md",
            error.Message);
    }

    [Theory]
    [InlineData("keras.src.models.sequential", "Sequential", "Keras", "TensorFlow Serving")]
    [InlineData("tensorflow.python.keras.engine.sequential", "Sequential", "TensorFlow", "TensorFlow Serving")]
    [InlineData("torch.nn.modules.container", "Sequential", "PyTorch", "ONNX")]
    [InlineData("skorch.classifier", "NeuralNetClassifier", "PyTorch", "ONNX")]
    [InlineData("gensim.models.word2vec", "Word2Vec", "gensim", "before the request")]
    [InlineData("catboost.core", "CatBoostClassifier", "CatBoost", "save_model")]
    public void Explain_AClassOfAnotherEngine_NamesItAndTheWayOut(string module, string name, string package, string wayOut)
    {
        var explained = ForeignPackages.Explain(new PyGlobal(module, name));

        Assert.StartsWith($"{module}.{name} belongs to {package}, which Skiff does not compute; ", explained, StringComparison.Ordinal);
        Assert.Contains(wayOut, explained, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kerastuner.engine")]
    [InlineData("own_classes")]
    [InlineData("sklearn.cluster")]
    public void Explain_AnotherClass_HasNothingToSay(string module) => Assert.Null(ForeignPackages.Explain(new PyGlobal(module, "Thing")));

    [Fact]
    public void Load_APickleOfKeras_IsRefusedByItsName()
    {
        // Protocol 0: an object of the class, without arguments and without state.
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "model.pkl");
        File.WriteAllText(file, "ccopy_reg\n_reconstructor\n(ckeras.src.models.sequential\nSequential\nc__builtin__\nobject\nNtR.");

        var error = Assert.Throws<ModelLoadException>(() => SklearnModel.Load(file));

        Assert.Contains("keras.src.models.sequential.Sequential belongs to Keras, which Skiff does not compute; save it with model.export", error.Message, StringComparison.Ordinal);
    }
}
