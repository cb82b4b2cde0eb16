using System.CommandLine;
using System.Text.Json.Nodes;
using Skiff.Sklearn;
using Skiff.TestKit;
using Skiff.TestKit.Fixtures;

namespace Skiff.Cli.Tests;

/// <summary>Pieces as people leave them, put together, against what scikit-learn answered with all of them.</summary>
public sealed class AddCommandTests : IDisposable
{
    private static readonly string Fixtures = RepositoryFolder.At("tests/fixtures/1.9.0");
    private static readonly string Sentiment = RepositoryFolder.At("examples/registry/sentiment");

    private readonly TemporaryFolder _folder = new();

    private string Registry => Path.Join(_folder.Path, "registry");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_EachGivenByItsOption_AnswerAsScikitLearnDid()
    {
        var (code, output, error) = Run(
            [Download("set-labels-model.joblib", "model.pkl"), "--vectorizer", Download("set-labels-vectorizer.joblib", "vectorizer.pkl"),
             "--labels", Download("set-labels-encoder.joblib", "encoder.pkl"), "--name", "spam", "--version", "3"]);

        Assert.Equal((0, string.Empty), (code, error));
        Assert.EndsWith($"Published 3 in {Registry}/spam/versions/3\n", output, StringComparison.Ordinal);
        Assert.Contains("vectorizer.pkl  first\n", output, StringComparison.Ordinal);
        var metadata = Metadata("spam", "3");
        Assert.Equal(["vectorizer.pkl", "model.pkl"], metadata["artifacts"]!.AsArray().Select(item => (string)item!));
        Assert.Equal("encoder.pkl", (string)metadata["labels"]!);
        Assert.Equal(3, metadata["sha256"]!.AsObject().Count);
        AssertAnswers("set-labels", "spam", "3");
    }

    [Fact]
    public void Folder_OfDownloads_IsPutTogetherByWhatItHolds()
    {
        Download("set-labels-model.joblib", "clf.pkl");
        Download("set-labels-vectorizer.joblib", "tfidf.pkl");
        Download("set-labels-encoder.joblib", "le.pkl");
        File.WriteAllText(Path.Join(_folder.Path, "downloads", "notes.txt"), "mine");

        Assert.Equal((0, string.Empty), Failure(Run([Path.Join(_folder.Path, "downloads"), "--name", "spam", "--version", "1"])));

        AssertAnswers("set-labels", "spam", "1");
        Assert.False(File.Exists($"{Registry}/spam/versions/1/notes.txt"));
    }

    [Theory]
    [InlineData("bundle-labels", "pkl")]
    [InlineData("bundle-numbers", "pkl")]
    [InlineData("bundle-ordinal", "pkl")]
    [InlineData("set-bundle", "joblib")]
    public void Dict_OfEverything_NeedsNoOption(string fixture, string ending)
    {
        Assert.Equal((0, string.Empty), Failure(Run([Download($"{fixture}.{ending}", "bundle." + ending), "--name", "people", "--version", "1"])));

        AssertAnswers(fixture, "people", "1");
    }

    [Fact]
    public void Dict_WithOneValueThatPredicts_LeavesTheRestAlone()
    {
        var (code, output, _) = Run([Download("set-bundle-one.joblib", "bundle.joblib"), "--version", "1"]);

        Assert.Equal(0, code);
        Assert.Matches("bundle\\.joblib#score +0\\.5 +left alone\n", output);
        Assert.Equal(["bundle.joblib#pipeline"], Metadata(null, "1")["artifacts"]!.AsArray().Select(item => (string)item!));
        AssertAnswers("set-bundle-one", null, "1");
    }

    [Fact]
    public void Files_OfEncodersModelAndColumns_AreRecognised()
    {
        string[] files = [Download("bundle-files-encoders.pkl", "encoders.pkl"), Download("bundle-files-model.pkl", "model.pkl"), Download("bundle-files-features.pkl", "features.pkl")];

        Assert.Equal((0, string.Empty), Failure(Run([.. files, "--version", "1"])));

        AssertAnswers("bundle-files", null, "1");
    }

    [Fact]
    public void Features_ByName_StandInTheMetadata()
    {
        string[] files = [Download("bundle-files-model.pkl", "model.pkl"), "--encoder", Download("bundle-files-encoders.pkl", "encoders.pkl")];

        Assert.Equal((0, string.Empty), Failure(Run([.. files, "--features", "sex, age,port,class", "--version", "1"])));

        Assert.Equal(["sex", "age", "port", "class"], Metadata(null, "1")["features"]!.AsArray().Select(item => (string)item!));
        AssertAnswers("bundle-files", null, "1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("artifacts/model")]
    public void MlflowRun_NeedsNoOption(string below)
    {
        var run = Path.Join(_folder.Path, "run");
        var model = Directory.CreateDirectory(Path.Join(run, below)).FullName;
        File.Copy(Path.Join(Fixtures, "set-bundle-one.joblib"), Path.Join(model, "model.pkl"));
        File.WriteAllText(Path.Join(model, "MLmodel"), "flavors:\n  sklearn:\n    pickled_model: model.pkl\n    sklearn_version: 1.9.0\n");

        Assert.Equal((0, string.Empty), Failure(Run([run, "--name", "run", "--version", "1"])));

        Assert.True(File.Exists($"{Registry}/run/versions/1/MLmodel"));
        AssertAnswers("set-bundle-one", "run", "1");
    }

    [Fact]
    public void Version_OfARegistry_IsTakenWithItsFunctionAndWhatIsKnownOfIt()
    {
        Assert.Equal((0, string.Empty), Failure(Run([Path.Join(Sentiment, "latest"), "--version", "7", "--promote"])));

        Assert.True(File.Exists($"{Registry}/versions/7/text_utils.py"));
        Assert.True(File.Exists($"{Registry}/latest/model.joblib"));
        Assert.Equal(0.8, (double)Metadata(null, "7")["test_accuracy"]!);
        Assert.Equal("positive", SklearnModel.Load($"{Registry}/versions/7/model.joblib").Predict("this is a great product"));
    }

    [Fact]
    public void Function_GivenByOption_GoesWithTheVersion()
    {
        var model = _folder.Copy(Path.Join(Sentiment, "latest/model.joblib"), "model.joblib");
        var code = _folder.Copy(Path.Join(Sentiment, "text_utils.py"), "helpers.py");

        Assert.Contains("text_utils.clean_text is a Python function", Run([model, "--version", "1"]).Error, StringComparison.Ordinal);
        Assert.Equal((0, string.Empty), Failure(Run([model, "--function", $"text_utils.clean_text={code}:clean_text", "--version", "1"])));
        Assert.True(File.Exists($"{Registry}/versions/1/text_utils.py"));
    }

    [Fact]
    public void Pieces_ThatDoNotFit_AreNamedAndNothingIsPublished()
    {
        var model = Download("set-labels-model.joblib", "model.pkl");
        var scaler = Download("set-threshold-scaler.joblib", "scaler.pkl");
        var other = Download("set-threshold-model.joblib", "other.pkl");
        var encoder = Download("set-labels-encoder.joblib", "encoder.pkl");
        var vectorizer = Download("set-labels-vectorizer.joblib", "vectorizer.pkl");
        string[] version = ["--name", "spam", "--version", "1"];

        AssertRefused("scaler.pkl gives 4 columns, model.pkl takes 15; they were not fitted together", [model, "--scaler", scaler, .. version]);
        AssertRefused("model.pkl has no transform, so that nothing can come after it; it must be the last of \"artifacts\"", [vectorizer, "--artifact", model, .. version]);
        AssertRefused(
            "two.pkl: the classifier answers 2, for which the 2 labels have no name",
            [model, "--vectorizer", vectorizer, "--labels", Download("set-labels-numbers-encoder.joblib", "two.pkl"), .. version]);
        AssertRefused("scaler.pkl and model.pkl do not fit each other: scaler.pkl gives 4 columns; model.pkl takes 15 columns", [model, scaler, .. version]);
        AssertRefused("vectorizer.pkl, fed by scaler.pkl: ", [vectorizer, "--scaler", scaler, .. version]);
        AssertRefused("encoder.pkl may encode labels or columns, and other.pkl answers with 2 codes; say what names them: skiff add other.pkl --labels encoder.pkl", [other, encoder, .. version]);
        Assert.False(Directory.Exists(Registry));
    }

    [Fact]
    public void Pieces_ThatCanBeReadInTwoWays_AreRefusedWithTheOptionsThatSayWhich()
    {
        var two = Download("refused-two-models.joblib", "bundle.joblib");
        AssertRefused("bundle.joblib#first and bundle.joblib#second can all predict; say which one shall: skiff add bundle.joblib#first", [two, "--version", "1"]);
        Assert.Equal((0, string.Empty), Failure(Run([$"{two}#first", "--version", "1"])));

        var scaler = Download("set-threshold-scaler.joblib", "a.pkl");
        var same = Download("set-threshold-scaler.joblib", "b.pkl");
        var model = Download("set-threshold-model.joblib", "model.pkl");
        AssertRefused("a.pkl and b.pkl fit in several orders; say which: skiff add model.pkl --artifact a.pkl --artifact b.pkl", [model, scaler, same, "--version", "2"]);
        Assert.Equal((0, string.Empty), Failure(Run([model, "--scaler", same, "--artifact", scaler, "--version", "2"])));
        Assert.Equal(["b.pkl", "a.pkl", "model.pkl"], Metadata(null, "2")["artifacts"]!.AsArray().Select(item => (string)item!));
    }

    [Fact]
    public void Arguments_ThatAreWrong_AreRefusedInOneLine()
    {
        var model = Download("set-threshold-model.joblib", "model.pkl");
        AssertRefused("there is no file /nowhere.pkl", ["/nowhere.pkl", "--version", "1"]);
        AssertRefused("--threshold is 1.5; 0 to 1 is possible", [model, "--threshold", "1.5", "--version", "1"]);
        AssertRefused("--function is \"x\"; expected such as text_utils.clean_text=path.py:clean_text", [model, "--function", "x", "--version", "1"]);
        AssertRefused("--function a.f=b.py:g: a version finds its functions by name; call the function f in b.py", [model, "--function", "a.f=b.py:g", "--version", "1"]);
        AssertRefused($"{Sentiment} is a registry; name the folder of one of its versions", [Sentiment, "--version", "1"]);
        AssertRefused($"{RepositoryFolder.At("docs")} holds no model: no .joblib, .pkl, .pickle, .sav and no MLmodel file", [RepositoryFolder.At("docs"), "--version", "1"]);
        AssertRefused("model.pkl and ", [model, "--artifact", Copy("set-threshold-scaler.joblib", "elsewhere/model.pkl"), "--version", "1"], isStart: false);
        AssertRefused("nothing here can predict; there is ", [Download("bundle-files-features.pkl", "list.pkl"), "--version", "1"]);
        AssertRefused("nothing here can predict: ", [Download("refused-only-own-class.joblib", "own.pkl"), "--version", "1"]);
        File.WriteAllText(Path.Join(_folder.Path, "page.pkl"), "<html>");
        AssertRefused("page.pkl: ", [Path.Join(_folder.Path, "page.pkl"), "--version", "1"], isStart: false);
        Assert.Equal(0, Run([model, "--version", "1"]).Code);
        Assert.StartsWith("skiff add: Version 1 is published already", Run([model, "--version", "1"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Threshold_AsANumber_ReplacesOneHalf()
    {
        Assert.Equal(
            (0, string.Empty),
            Failure(Run([Download("set-threshold-model.joblib", "model.joblib"), "--scaler", Download("set-threshold-scaler.joblib", "scaler.joblib"), "--threshold", "0.37", "--version", "1"])));

        Assert.Equal(0.37, (double)Metadata(null, "1")["threshold"]!);
        AssertAnswers("set-threshold", null, "1");
    }

    [Fact]
    public void Inspect_OfAFolder_SaysWhatAddWouldDoAndDoesNotDoIt()
    {
        Download("set-labels-model.joblib", "clf.pkl");
        Download("set-labels-vectorizer.joblib", "tfidf.pkl");
        Download("set-labels-encoder.joblib", "le.pkl");

        using var plan = AddPlan.Make(new AddRequest { Sources = [Path.Join(_folder.Path, "downloads")] }, TestContext.Current.CancellationToken);

        Assert.Equal(
            """
            clf.pkl    SGDClassifier of 15 columns  answers
            le.pkl     a LabelEncoder               labels
            tfidf.pkl  TfidfVectorizer              first
            takes    a text a row
            answers  predict: label, one a row
            answers  decision_function: float64, 3 a row
            classes  food, sport, tech

            skiff add would publish this with the metadata.json
            {
              "artifacts": [
                "tfidf.pkl",
                "clf.pkl"
              ],
              "labels": "le.pkl"
            }

            """,
            AddText.OfFolder(plan));
        Assert.False(Directory.Exists(Registry));
    }

    [Fact]
    public void Inspect_OfADict_SaysWhatServesAndWhatAddWouldUse()
    {
        var file = Download("bundle-labels.pkl", "bundle.pkl");

        var text = AddText.OfBundle(file, ModelInspector.Inspect(file, cancellation: TestContext.Current.CancellationToken));

        Assert.Contains("A dict that is dropped into a registry serves the one value that can predict", text, StringComparison.Ordinal);
        Assert.Matches("bundle\\.pkl#label_encoders +encoders of the columns sex, port +first\n", text);
        Assert.Contains("takes    4 columns: sex, age, port, class\n", text, StringComparison.Ordinal);
    }

    private void AssertAnswers(string name, string? model, string version)
    {
        var fixture = Fixture.Read($"1.9.0/{name}");
        var entry = RegistrySource.Find(new() { Root = Registry }, model, version);
        var served = new SklearnModelLoader().Load(RegistrySource.Of(entry) with { FunctionPaths = [Fixture.Folder] }, TestContext.Current.CancellationToken);
        var input = fixture.Input!;
        for (var row = 0; row < input.Rows; row++)
        {
            var answer = input.Texts is { } texts ? served.Predict(texts[row])
                : input.Matrix is { } matrix ? served.Predict(matrix[row])
                : served.Predict(input.FrameNames!.Zip(input.Frame![row]).ToDictionary(pair => pair.First, pair => pair.Second));
            if (fixture.Outputs["predict"].Values[row] is double number)
            {
                Assert.Equal(number, (double)answer, 1e-9);
            }
            else
            {
                Assert.Equal(fixture.Outputs["predict"].Values[row], answer);
            }
        }
    }

    private void AssertRefused(string expected, string[] arguments, bool isStart = true)
    {
        var (code, _, error) = Run(arguments);

        Assert.Equal(1, code);
        Assert.StartsWith("skiff add: ", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        // Files are called as the person called them.
        var message = error["skiff add: ".Length..].Replace(Path.Join(_folder.Path, "downloads") + "/", string.Empty, StringComparison.Ordinal);
        if (isStart)
        {
            Assert.StartsWith(expected, message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(expected.Split(':')[^1], message, StringComparison.Ordinal);
        }
    }

    private JsonNode Metadata(string? model, string version) => JsonNode.Parse(File.ReadAllText(Path.Join(Registry, model, "versions", version, "metadata.json")))!;

    private string Download(string fixture, string name) => Copy(fixture, Path.Join("downloads", name));

    private string Copy(string fixture, string name)
    {
        var path = Path.Join(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(Path.Join(Fixtures, fixture), path);
        return path;
    }

    private static (int Code, string Error) Failure((int Code, string Output, string Error) result) => (result.Code, result.Error);

    private (int Code, string Output, string Error) Run(string[] arguments)
    {
        var configuration = new InvocationConfiguration { Output = new StringWriter { NewLine = "\n" }, Error = new StringWriter { NewLine = "\n" } };
        var code = AddCommand.Create().Parse([.. arguments, "--registry", Registry]).Invoke(configuration);
        return (code, configuration.Output.ToString()!, configuration.Error.ToString()!);
    }
}
