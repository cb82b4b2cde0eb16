using System.Text;
using System.Text.Json;
using Skiff.Sklearn;
using Skiff.TestKit;

namespace Skiff.Cli.Tests;

public sealed class InspectCommandTests
{
    private static readonly string Sentiment = RepositoryFolder.At("examples/registry/sentiment/latest/model.joblib");

    [Fact]
    public void Render_TheBundledModel_ShowsTheTreeTheSignatureAndEveryName()
    {
        var text = ReportText.Render(Inspect(Sentiment));

        Assert.StartsWith("model.joblib  ", text, StringComparison.Ordinal);
        Assert.Contains("scikit-learn 1.9.0\n", text, StringComparison.Ordinal);
        Assert.Contains("├─ steps[0].tfidf  sklearn.feature_extraction.text.TfidfVectorizer\n", text, StringComparison.Ordinal);
        Assert.Contains("      coef_ = float64 (1, 541)\n", text, StringComparison.Ordinal);
        Assert.Contains("takes    a text a row\n", text, StringComparison.Ordinal);
        Assert.Contains("answers  predict_proba: float64, 2 a row\n", text, StringComparison.Ordinal);
        Assert.Contains("classes  negative, positive\n", text, StringComparison.Ordinal);
        Assert.Matches("text_utils\\.clean_text +function, needs text_utils\\.py\n", text);
    }

    [Fact]
    public void Render_AModelOfListsOrObjects_SaysHowTheyAreGiven() =>
        Assert.Contains("takes    a list or an object a row, as JSON\n", ReportText.Render(Inspect(RepositoryFolder.At("tests/fixtures/1.9.0/rows-pipeline-dict.joblib"))), StringComparison.Ordinal);

    [Fact]
    public void Write_TheBundledModel_IsJsonWithTheSameFacts()
    {
        using var stream = new MemoryStream();
        ReportJson.Write(Inspect(Sentiment), stream);
        using var json = JsonDocument.Parse(stream.ToArray());
        var root = json.RootElement;

        Assert.True(root.GetProperty("served").GetBoolean());
        Assert.Equal("1.9.0", root.GetProperty("sklearnVersions")[0].GetString());
        Assert.Equal("sklearn.pipeline.Pipeline", root.GetProperty("tree").GetProperty("type").GetString());
        Assert.Equal("steps[1].clf", root.GetProperty("tree").GetProperty("children")[1].GetProperty("place").GetString());
        Assert.Contains(root.GetProperty("names").EnumerateArray(), name => name.GetProperty("name").GetString() == "text_utils.clean_text");
    }

    [Fact]
    public void Render_AModelOfUnknownClasses_ShowsThemAndSaysWhyItIsNotServed()
    {
        var text = ReportText.Render(Inspect(RepositoryFolder.At("tests/fixtures/1.9.0/refused-own-classes.joblib")));

        Assert.Contains("cannot be served: ", text, StringComparison.Ordinal);
        Assert.Matches("own_classes\\.Guesser +not supported\n", text);
    }

    [Fact]
    public void Render_APickleThatHoldsItself_Ends()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "circle.pkl");

        // x = []; x.append(x)
        File.WriteAllBytes(file, [0x80, 0x02, (byte)']', (byte)'q', 0, (byte)'h', 0, (byte)'a', (byte)'.']);

        Assert.Contains("list of 1", ReportText.Render(Inspect(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_ACommandThatAnyPickleCouldRun_IsShownAndNotRun()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "hostile.pkl");
        var marker = Path.Combine(folder.Path, "ran");
        File.WriteAllBytes(file, Encoding.ASCII.GetBytes($"cos\nsystem\n(S'touch {marker}'\ntR."));

        var text = ReportText.Render(Inspect(file));

        Assert.Matches("os\\.system +not supported\n", text);
        Assert.False(File.Exists(marker));
    }

    private static ModelReport Inspect(string file) => ModelInspector.Inspect(file, cancellation: TestContext.Current.CancellationToken);
}
