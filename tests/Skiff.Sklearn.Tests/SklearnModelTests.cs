using Skiff.Models;
using Skiff.Python.Unicode;
using Skiff.TestKit;

namespace Skiff.Sklearn.Tests;

public sealed class SklearnModelTests
{
    private static readonly string Sentiment = RepositoryFolder.At("examples/registry/sentiment/latest/model.joblib");

    [Fact]
    public void Predict_TheBundledModel_FindsItsFunctionInTheRegistryAndAnswers()
    {
        var model = SklearnModel.Load(Sentiment);

        Assert.Equal("positive", model.Predict("this is a great product"));
        Assert.Equal(["negative", "positive"], model.Signature.Classes!.Values);
        Assert.Equal("scikit-learn 1.9.0", model.Signature.Producer);
        Assert.Equal("sklearn_joblib", model.Signature.Platform);
        Assert.Equal(Methods.Predict | Methods.PredictProba | Methods.PredictLogProba | Methods.DecisionFunction, model.Methods);
    }

    [Fact]
    public void Predict_NumbersForAModelOfText_SaysWhatItTakes()
    {
        var error = Assert.Throws<InputException>(() => SklearnModel.Load(Sentiment).Predict(1.0));

        Assert.Equal("column 'text', row 0: a number was given where the model takes text; send it as a string", error.Message);
    }

    [Fact]
    public void Run_AMethodThatTheModelLacks_NamesThoseItHas()
    {
        var model = SklearnModel.Load(Sentiment);
        var scratch = new Scratch();
        var writer = model.Plan.Begin(scratch);

        var error = Assert.Throws<InputException>(() => model.Run(Methods.Transform, writer.End(), scratch, new Results()));

        Assert.Equal("the model has no transform; it has predict, predict_proba, predict_log_proba, decision_function", error.Message);
    }

    [Fact]
    public void Load_AFunctionWithoutSource_SaysWhereItWasLookedForAndTheWaysOut()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Copy(Sentiment, "model.joblib");

        var error = Assert.Throws<ModelLoadException>(() => SklearnModel.Load(file));

        Assert.Equal(
            "model.joblib (scikit-learn 1.9.0) cannot be served: steps[0].tfidf.preprocessor: text_utils.clean_text is a Python function that the model names but does not hold; "
            + $"put its source as text_utils.py beside the model (looked in {folder.Path}), name it with --function text_utils.clean_text=path.py:clean_text, or register it from C#. "
            + "See docs/estimators.md",
            error.Message);
    }

    [Fact]
    public void Load_AFunctionOutsideTheSubset_NamesFileLineAndConstruct()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Copy(Sentiment, "model.joblib");
        File.WriteAllText(Path.Combine(folder.Path, "text_utils.py"), "import nltk\n\n\ndef clean_text(text):\n    return nltk.word_tokenize(text)\n");

        var error = Assert.Throws<ModelLoadException>(() => SklearnModel.Load(file));

        Assert.Contains("text_utils.py", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("nltk", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WithAFunctionFromCSharp_UsesItInPlaceOfPythons()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Copy(Sentiment, "model.joblib");
        var options = new SklearnOptions
        {
            Functions = new Dictionary<string, PythonTextFunction> { ["text_utils.clean_text"] = (text, destination) => UnicodeText.Lower(text, destination) },
        };

        Assert.Equal("positive", SklearnModel.Load(file, options).Predict("A GREAT product"));
    }

    [Fact]
    public void Load_AFunctionThatNeverEnds_RefusesTheInputAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Copy(Sentiment, "model.joblib");
        File.WriteAllText(
            Path.Combine(folder.Path, "text_utils.py"),
            "def clean_text(text):\n    while text == 'loop':\n        pass\n    return text\n");
        var model = SklearnModel.Load(file);

        var error = Assert.Throws<InputException>(() => model.Predict("loop"));

        Assert.Equal(InputErrorKind.Function, error.Kind);
        Assert.Equal(0, error.Row);
        Assert.Equal("positive", model.Predict("great product"));
    }

    [Fact]
    public void Load_UnknownClasses_ListsAllOfThemWithTheirPlaces()
    {
        var error = Assert.Throws<ModelLoadException>(() => SklearnModel.Load(RepositoryFolder.At("tests/fixtures/1.9.0/refused-own-classes.joblib")));

        Assert.StartsWith("refused-own-classes.joblib (scikit-learn 1.9.0) cannot be served: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("own_classes.Guesser is not supported. See docs/estimators.md", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, error.Message.Split("is not supported").Length - 1);
        Assert.Contains("steps[", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AFileThatIsNoPickle_SaysWhatItIs()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "model.joblib");
        File.WriteAllText(file, "<!DOCTYPE html><html></html>");

        var error = Assert.Throws<ModelLoadException>(() => SklearnModel.Load(file));

        Assert.StartsWith("model.joblib: The file is no pickle: it is ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FromManyThreads_GivesEveryOneItsOwnAnswer()
    {
        var model = SklearnModel.Load(Sentiment);
        string[] texts = ["this is a great product", "terrible, broke after a day", "I love it", "awful quality"];
        var expected = texts.Select(model.Predict).ToArray();

        Parallel.For(0, 2_000, i => Assert.Equal(expected[i % texts.Length], model.Predict(texts[i % texts.Length])));
    }

    [Fact]
    public void Run_InSteadyState_AllocatesNothing()
    {
#if DEBUG
        Assert.Skip("needs a Release build: without optimisation the JIT boxes");
#else
        var model = SklearnModel.Load(Sentiment);
        var scratch = new Scratch();
        var results = new Results();
        var text = Numerics.Utf8.GetBytes("This is a GREAT product, I would buy it again!");
        for (var i = 0; i < 200; i++)
        {
            Once();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Once();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Once()
        {
            var writer = model.Plan.Begin(scratch);
            writer.BeginRow();
            writer.SetText(writer.NextColumn(), text);
            writer.EndRow();
            model.Run(Methods.Predict | Methods.PredictProba, writer.End(), scratch, results);
            results.Clear();
            scratch.Reset();
        }
#endif
    }
}
