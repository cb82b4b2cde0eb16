using Skiff.Models;
using Skiff.TestKit;

namespace Skiff.Sklearn.Tests;

/// <summary>Files that xgboost and lightgbm wrote themselves; that they answer as their writers do is a matter of the fixtures.</summary>
public sealed class BoosterFileTests
{
    public static TheoryData<string> Files => new(
        "1.9.0/boosters-xgboost-three-json.xgb", "1.9.0/boosters-xgboost-three-ubj.xgb", "1.4.2/boosters-xgboost-two-deprecated.xgb", "1.9.0/boosters-lightgbm-three.lgb");

    [Theory]
    [InlineData("""{"a": 1}""", "model.json: it looks like a booster that xgboost's save_model wrote, and cannot be read: ")]
    [InlineData("{", "model.json: it looks like a booster that xgboost's save_model wrote, and cannot be read: ")]
    [InlineData("binf", "model.json: it looks like a booster that xgboost's save_model wrote, and cannot be read: ")]
    [InlineData("tree\nversion=v4\npandas_categorical:[[", "model.json: the line 'pandas_categorical:' at the end of the model text is no JSON: ")]
    [InlineData("tree\nversion=v4\n", "model.json: Booster: the booster cannot be read: ")]
    [InlineData("[1, 2]", "model.json: The file is no pickle: ")]
    public void Load_AFileThatOnlyBeginsAsABooster_SaysWhy(string content, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "model.json"), content);

        var error = Assert.Throws<ModelLoadException>(() => Load(folder.Path, "model.json"));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_AFileCutOffAnywhere_IsRefused(string file)
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(RepositoryFolder.At($"tests/fixtures/{file}"));
        for (var part = 1; part < 60; part++)
        {
            var cut = whole[..(whole.Length * part / 61)];
            File.WriteAllBytes(Path.Combine(folder.Path, "model"), cut);

            // What stands after the trees of a text is not needed to answer; everything else is.
            if (Record.Exception(() => Load(folder.Path, "model")) is { } error)
            {
                Assert.IsType<ModelLoadException>(error);
            }
            else
            {
                Assert.Contains("end of trees", System.Text.Encoding.UTF8.GetString(cut), StringComparison.Ordinal);
            }
        }
    }

    private static SklearnModel Load(string folder, string file) => new SklearnModelLoader().Load(new ModelSource { Directory = folder, Artifacts = [file] }, TestContext.Current.CancellationToken);
}
