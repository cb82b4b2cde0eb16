using System.CommandLine;
using System.Text.Json;

namespace Skiff.Cli.Tests;

public sealed class RegistryCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("skiff-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Publish_ThenPromoteAndRollback_SaysWhatServes()
    {
        var model = Write("trained.joblib", "model");
        var other = Write("metadata.json", """{"test_accuracy": 0.75, "saved_at": "2026-01-02T03:04:05"}""");
        string[] registry = ["-r", At("registry")];

        Assert.Equal((0, $"Published 1.0.0 in {At("registry/versions/1.0.0")}\n1.0.0 serves\n", ""), Run(["publish", model, "--version", "1.0.0", "--promote", .. registry]));
        Assert.Equal((0, $"Published 1.1.0 in {At("registry/versions/1.1.0")}\n", ""), Run(["publish", model, "--version", "1.1.0", "--metadata", other, .. registry]));
        Assert.Equal((0, "1.1.0 serves, in the place of 1.0.0\n", ""), Run(["promote", "1.1.0", .. registry]));
        Assert.Equal((0, "1.0.0 serves, in the place of 1.1.0\n", ""), Run(["rollback", .. registry]));
    }

    [Fact]
    public void Publish_VersionIsThere_FailsInOneLine()
    {
        var model = Write("model.joblib", "model");
        string[] publish = ["publish", model, "--version", "1", "-r", At("registry")];
        Run(publish);

        var (code, output, error) = Run(publish);

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.StartsWith("skiff: Version 1 is published already", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void List_Table_MarksWhatServesAndTellsProblems()
    {
        Write("registry/versions/1.0.0/model.joblib", "model");
        Write("registry/versions/1.0.0/metadata.json", """{"test_accuracy": 0.75, "saved_at": "2026-01-02T03:04:05"}""");
        Write("registry/versions/2.0.0/notes.txt", "nothing");

        var (code, output, error) = Run(["list", "-r", At("registry")]);

        Assert.Equal(0, code);
        Assert.Equal(
            """
            MODEL    VERSION  SERVES  FILES         SIZE  ACCURACY  SAVED
            default  1.0.0    yes     model.joblib  5 B   0.75      2026-01-02T03:04:05
            default  2.0.0    cannot

            """,
            output);
        Assert.Equal("versions/2.0.0: the folder holds neither model.joblib nor model.pkl nor MLmodel, and metadata.json names no artifacts\n", error);
    }

    [Fact]
    public void List_Json_HoldsTheMetadataWhole()
    {
        Write("registry/iris/model.pkl", "model");
        Write("registry/iris/metadata.json", """{"version": "7", "own": {"a": [1, 1e-05]}}""");

        var (code, output, _) = Run(["list", "--json", "-r", At("registry")]);

        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        var version = document.RootElement.GetProperty("models")[0].GetProperty("versions")[0];
        Assert.Equal("7", version.GetProperty("version").GetString());
        Assert.True(version.GetProperty("serving").GetBoolean());
        Assert.Equal("""{"a":[1,1e-05]}""", version.GetProperty("metadata").GetProperty("own").GetRawText());
        Assert.Equal(0, document.RootElement.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public void List_NoSuchFolder_SaysSo()
    {
        var (code, output, error) = Run(["list", "-r", At("none")]);

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.EndsWith($"skiff: there is no model in {At("none")}.\n", error, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Run(string[] arguments)
    {
        var configuration = new InvocationConfiguration { Output = new StringWriter { NewLine = "\n" }, Error = new StringWriter { NewLine = "\n" } };
        var code = RegistryCommand.Create().Parse(arguments).Invoke(configuration);
        return (code, configuration.Output.ToString()!, configuration.Error.ToString()!);
    }

    private string At(string name) => Path.Join(_folder, name);

    private string Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), content);
        return At(name);
    }
}
