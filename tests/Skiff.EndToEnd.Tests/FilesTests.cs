using System.Text.Json.Nodes;
using Skiff.TestKit;
using Skiff.TestKit.Fixtures;

namespace Skiff.EndToEnd.Tests;

/// <summary>Files as people have them: rows in a CSV file, and a model in three pieces.</summary>
public class FilesTests
{
    [Fact]
    public async Task Predict_TheReadmesRows_GivesTheReadmesAnswer()
    {
        var result = await SkiffBinary.RunAsync(
            "predict",
            RepositoryFolder.At("examples/registry/passengers/latest/model.joblib"),
            "--csv",
            RepositoryFolder.At("examples/passengers.csv"),
            "--outputs",
            "predict,predict_proba");

        result.AssertSucceeded();
        Assert.Equal(ReadmeBlock("<!-- predict answer -->"), result.Output.ReplaceLineEndings("\n").Trim());
    }

    [Fact]
    public async Task Add_ThreePiecesAsTheReadmeHasThem_ServesThemAsOneModel()
    {
        var fixture = Fixture.Read("1.9.0/set-labels");
        using var folder = TempRegistry.Empty();
        var downloads = Directory.CreateDirectory(Path.Combine(folder.Root, "downloads")).FullName;
        foreach (var piece in new[] { "model", "vectorizer", "encoder" })
        {
            File.Copy(Path.Combine(fixture.Directory, $"set-labels-{piece}.joblib"), Path.Combine(downloads, $"{piece}.pkl"));
        }

        var registry = Path.Combine(folder.Root, "registry");
        var result = await SkiffBinary.RunAsync(
            "add", Path.Combine(downloads, "model.pkl"), "--vectorizer", Path.Combine(downloads, "vectorizer.pkl"), "--labels", Path.Combine(downloads, "encoder.pkl"),
            "--name", "spam", "--version", "3", "--registry", registry);

        result.AssertSucceeded();
        await using var server = await SkiffServer.StartAsync(registry);
        await server.UntilReadyAsync();
        var body = new JsonObject { ["model"] = "spam", ["instances"] = new JsonArray([.. fixture.Input!.Texts!.Select(text => (JsonNode)text)]) };
        var answer = (await server.PostAsync("/predict", body.ToJsonString())).Json;
        Assert.Equal("3", (string?)answer["version"]);
        Assert.Equal(fixture.Outputs["predict"].Values, answer["predictions"]!.AsArray().Select(label => (object)(string)label!));
    }

    private static string ReadmeBlock(string marker)
    {
        var text = File.ReadAllText(RepositoryFolder.At("README.md")).ReplaceLineEndings("\n");
        var start = text.IndexOf("```\n", text.IndexOf(marker, StringComparison.Ordinal), StringComparison.Ordinal) + 4;
        return text[start..text.IndexOf("\n```", start, StringComparison.Ordinal)];
    }
}
