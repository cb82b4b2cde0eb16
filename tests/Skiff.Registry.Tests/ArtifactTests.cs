namespace Skiff.Registry.Tests;

public sealed class ArtifactTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Entries_ChainAndDictKeys_AreAsTheMetadataSays()
    {
        _folder
            .Write("versions/1/vectorizer.joblib", "v").Write("versions/1/bundle.pkl", "b").Write("versions/1/label_encoder.joblib", "l")
            .Write(
                "versions/1/metadata.json",
                """{"artifacts": ["vectorizer.joblib", "bundle.pkl#model"], "labels": "label_encoder.joblib", "threshold": "bundle.pkl#threshold", "features": ["a", "b"]}""");

        var set = _folder.Scan().Models[0].Latest!.Artifacts;

        Assert.Equal(["vectorizer.joblib", "bundle.pkl#model"], set.Entries);
        Assert.Equal("label_encoder.joblib", set.Labels);
        Assert.Equal("bundle.pkl#threshold", set.Threshold);
        Assert.Equal(["a", "b"], set.Features);
        Assert.Equal(["vectorizer.joblib", "bundle.pkl", "label_encoder.joblib"], set.Files.Select(file => file.Name));
    }

    [Fact]
    public void Entries_ThresholdAndFeaturesEntry_AreKept()
    {
        _folder.Write("model.joblib", "m").Write("f.pkl", "f").Write("metadata.json", """{"threshold": 0.370, "features": "f.pkl#names"}""");

        var set = _folder.Scan().Models[0].Latest!.Artifacts;

        Assert.Equal(("0.370", "f.pkl#names"), (set.Threshold, set.FeaturesEntry));
        Assert.Null(set.Features);
    }

    [Fact]
    public void Entries_MlflowDirectory_IsWhatMlModelNames()
    {
        _folder
            .Write("iris/MLmodel", "flavors:\n  python_function:\n    model_path: model.pkl\n  sklearn:\n    pickled_model: data/m.pkl\n")
            .Write("iris/data/m.pkl", "m").Write("iris/conda.yaml", "x");

        var set = _folder.Scan().Find("iris")!.Latest!.Artifacts;

        Assert.Equal(["data/m.pkl"], set.Entries);
        Assert.Equal(["data/m.pkl", "MLmodel"], set.Files.Select(file => file.Name));
    }

    [Fact]
    public void FunctionPaths_AreVersionModelRootThenPythonPath()
    {
        _folder.Write("iris/versions/1/model.joblib", "m");

        var set = _folder.Scan(options => options with { PythonPath = ["/opt/lib"] }).Find("iris")!.Latest!.Artifacts;

        Assert.Equal([_folder.At("iris/versions/1"), _folder.At("iris"), _folder.Path, "/opt/lib"], set.FunctionPaths);
    }

    [Theory]
    [InlineData("""["../../secret.pkl"]""", "artifacts names \"../../secret.pkl\", which is not a path inside the version's folder")]
    [InlineData("""["/etc/passwd"]""", "artifacts names \"/etc/passwd\", which is not a path inside the version's folder")]
    [InlineData("""["a\u0000b"]""", "artifacts names \"a\uFFFDb\", which is not a path inside the version's folder")]
    [InlineData("""["x\\y"]""", "artifacts names \"x\\y\", which is not a path inside the version's folder")]
    [InlineData("""["scaler.pkl", "model.joblib"]""", "artifacts names scaler.pkl, which is not there")]
    [InlineData("""["empty.pkl"]""", "empty.pkl is empty")]
    public void Entries_CannotBeServed_SaysWhy(string artifacts, string reason)
    {
        _folder
            .Write("versions/1/model.joblib", "m").Write("versions/1/empty.pkl", "")
            .Write("versions/1/metadata.json", $"{{\"artifacts\": {artifacts}}}");

        var snapshot = _folder.Scan();

        Assert.Null(snapshot.Models[0].Latest);
        Assert.Equal(reason, snapshot.Models[0].WhyUnservable("1"));
        Assert.Equal(new RegistryProblem("default", "1", "versions/1", reason), Assert.Single(snapshot.Problems));
    }

    [Fact]
    public void Entries_HugeText_IsBoundedInMessages()
    {
        _folder.Write("versions/1/model.joblib", "m").Write("versions/1/metadata.json", $"{{\"artifacts\": [\"{new string('x', 100_000)}\"]}}");

        Assert.Equal(RegistryProblem.MaxMessageLength, _folder.Scan().Problems[0].Message.Length);
    }

    [Theory]
    [InlineData("[1, 2]", "metadata.json is not a JSON object")]
    [InlineData("{\"version\"", "metadata.json is not JSON (")]
    [InlineData("", "metadata.json is empty")]
    [InlineData(null, "metadata.json is missing")]
    public void Metadata_BrokenOrMissing_ModelIsServedAndItIsSaid(string? metadata, string warning)
    {
        _folder.Write("versions/1/model.joblib", "m");
        if (metadata is not null)
        {
            _folder.Write("versions/1/metadata.json", metadata);
        }

        var snapshot = _folder.Scan();

        Assert.Equal("1", snapshot.Models[0].Latest!.Version);
        Assert.StartsWith(warning, Assert.Single(snapshot.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsUnchanged_FileIsRewritten_SaysWhich()
    {
        _folder.Write("versions/1/model.joblib", "m");
        var set = _folder.Scan().Models[0].Latest!.Artifacts;
        Assert.True(set.IsUnchanged(out _));

        _folder.Write("versions/1/model.joblib", "n");

        Assert.False(set.IsUnchanged(out var reason));
        Assert.Equal("model.joblib changed while it was read", reason);
        _folder.Delete("versions/1/model.joblib");
        Assert.False(set.IsUnchanged(out reason));
        Assert.Equal("model.joblib is gone", reason);
    }

    [Fact]
    public void IsUnchanged_SumDiffers_SaysBoth()
    {
        var sum = new string('0', 64);
        _folder.Write("versions/1/model.joblib", "m").Write("versions/1/metadata.json", $"{{\"sha256\": {{\"model.joblib\": \"{sum}\"}}}}");

        Assert.False(_folder.Scan().Models[0].Latest!.Artifacts.IsUnchanged(out var reason));
        Assert.Equal($"model.joblib has the SHA-256 sum {FileHash.Compute("m"u8)}, but metadata.json says {sum}", reason);
    }

    [Fact]
    public void Artifacts_OnlyMetadataChanges_AreTheSameObject()
    {
        _folder.Write("versions/1/model.joblib", "m").Write("versions/1/metadata.json", """{"test_accuracy": 0.1}""").Settle();
        var registry = _folder.Open();
        var before = registry.Refresh().Models[0].Latest!;

        _folder.Write("versions/1/metadata.json", """{"test_accuracy": 0.2}""");
        registry.Refresh();
        _folder.Settle();
        var after = registry.Refresh().Models[0].Latest!;

        Assert.NotSame(before, after);
        Assert.Same(before.Artifacts, after.Artifacts);
        Assert.Equal("0.2"u8, after.Metadata.TestAccuracy.Span);
    }

    [Fact]
    public void Artifacts_PythonSourceBesideTheModelChanges_AreOthers()
    {
        _folder.Write("versions/1/model.joblib", "m").Write("versions/1/text_utils.py", "a").Settle();
        var registry = _folder.Open();
        var before = registry.Refresh().Models[0].Latest!;

        _folder.Write("versions/1/text_utils.py", "b");
        Assert.Same(before, registry.Refresh().Models[0].Latest);
        _folder.Settle();

        Assert.NotSame(before.Artifacts, registry.Refresh().Models[0].Latest!.Artifacts);
    }

    [Theory]
    [InlineData("../../versions/1")]
    [InlineData("..")]
    [InlineData("/etc")]
    [InlineData("1\0")]
    [InlineData("1/")]
    [InlineData("")]
    public void Find_NameIsData_FindsNothing(string name)
    {
        _folder.Write("versions/1/model.joblib", "m");
        var snapshot = _folder.Scan();

        Assert.Null(snapshot.Models[0].Find(name));
        Assert.Null(snapshot.Models[0].WhyUnservable(name));
        Assert.Null(snapshot.Find(name));
        Assert.Null(snapshot.Models[0].Find(new string('1', 300)));
    }
}
