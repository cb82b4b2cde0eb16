namespace Skiff.Registry.Tests;

/// <summary>What a publisher takes, and what it refuses in which words.</summary>
public sealed class PublisherRefusalTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Folder _made = new();

    public void Dispose()
    {
        _folder.Dispose();
        _made.Dispose();
    }

    [Theory]
    [InlineData("a.joblib", "model.joblib")]
    [InlineData("a.pkl", "model.pkl")]
    [InlineData("a.pickle", "model.pkl")]
    public void Publish_SingleModel_IsCalledByItsKind(string source, string name)
    {
        _made.Write(source, "m.");

        Publisher().Publish(Request("1", source));

        Assert.Equal([name], _folder.Scan().Models[0].Latest!.Artifacts.Entries);
    }

    [Fact]
    public void Publish_FolderWithMetadata_WritesItAnew()
    {
        _made.Write("run/b.pkl", "b.").Write("run/a.pkl", "a.").Write("run/__pycache__/x.pyc", "x")
            .Write("run/metadata.json", """{"artifacts": ["b.pkl", "a.pkl"], "saved_at": null, "sha256": {}, "note": null}""");

        Publisher().Publish(Request("1", "run"));

        Assert.Equal(
            $$"""
            {
              "version": "1",
              "artifacts": [
                "b.pkl",
                "a.pkl"
              ],
              "note": null,
              "saved_at": "2026-01-02T03:04:05Z",
              "sha256": {
                "a.pkl": "{{FileHash.Compute("a."u8)}}",
                "b.pkl": "{{FileHash.Compute("b."u8)}}"
              }
            }

            """,
            File.ReadAllText(_folder.At("versions/1/metadata.json")));
        Assert.False(Directory.Exists(_folder.At("versions/1/__pycache__")));
    }

    [Fact]
    public void Publish_MetadataWithATime_KeepsIt()
    {
        _made.Write("model.pkl", "m.").Write("metadata.json", """{"saved_at": "2020-01-01"}""");

        Publisher().Publish(Request("1", "model.pkl", "metadata.json"));

        Assert.Equal("\"2020-01-01\""u8, _folder.Scan().Models[0].Latest!.Metadata.SavedAt.Span);
    }

    [Fact]
    public void Publish_Sources_ThatAreNone_AreNamed()
    {
        Directory.CreateDirectory(_made.At("empty"));
        _made.Write("model.pkl", "m.").Write("a/x.py", "1").Write("b/x.py", "2").Write("bad\\name.py", "3");

        Assert.Equal($"{_made.At("empty")} is empty; there is nothing to publish.", Refused(Request("1", "empty")));
        Assert.Equal($"{_made.At("empty")} is a folder; publish either one folder or files.", Refused(Request("1", "model.pkl", "empty")));
        Assert.Equal($"There is no file {_made.At("gone")} to publish.", Refused(Request("1", "gone")));
        Assert.Equal($"There is no file {_made.At("gone")}.", Refused(Request("1", "model.pkl") with { Metadata = _made.At("gone") }));
        Assert.Equal("Two of the files are called x.py; a version's folder holds one of a name.", Refused(Request("1", "model.pkl", "a/x.py", "b/x.py")));
        Assert.Equal(
            $"{_made.At("bad\\name.py")} cannot be published under the name \"bad\\name.py\": rename it to printable characters without backslashes.",
            Refused(Request("1", "model.pkl", "bad\\name.py")));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.At("versions")));
    }

    [Fact]
    public void Publish_RootThatIsNotThere_IsMade()
    {
        _made.Write("model.pkl", "m.");

        var published = new RegistryPublisher(_folder.Options with { Root = _folder.At("new") }, _folder.Time).Publish(Request("1", "model.pkl") with { Model = "iris" });

        Assert.Equal(_folder.At("new/iris/versions/1"), published);
        Assert.True(File.Exists(_folder.At("new/iris/versions/1/model.pkl")));
    }

    [Fact]
    public void Publish_RootIsOneModel_HasNoOther()
    {
        _folder.Write("versions/1/model.pkl", "m.");
        _made.Write("model.pkl", "m.");

        Assert.Equal($"{_folder.Path} is one model (called default), not a folder of models: leave --model out.", Refused(Request("2", "model.pkl") with { Model = "iris" }));
        Assert.Equal(_folder.At("versions/2"), Publisher().Publish(Request("2", "model.pkl") with { Model = "default" }));
    }

    [Fact]
    public void Publish_ModelWithoutVersions_IsToBeMovedFirst()
    {
        _folder.Write("iris/model.pkl", "m.").Write("spam/model.pkl", "m.").Write("spam/versions/1/model.pkl", "m.").Write("notes.txt", "n").Write("plots/a.png", "p");
        _made.Write("model.pkl", "m.");

        Assert.Equal(
            $"{_folder.At("iris")} is a model in a folder of its own, without versions. Move its files to versions/1/ to begin with versions.",
            Refused(Request("2", "model.pkl") with { Model = "iris" }));
        Assert.Equal($"{_folder.Path} holds several models; say which with --model: iris, spam.", Refused(Request("2", "model.pkl")));
        Assert.Equal(_folder.At("spam/versions/2"), Publisher().Publish(Request("2", "model.pkl") with { Model = "spam" }));
    }

    [Fact]
    public void Names_ThatClimb_AreRefused()
    {
        _made.Write("model.pkl", "m.");

        Assert.StartsWith("This cannot name a version: ", Refused(() => Publisher().Promote(null, "../x")), StringComparison.Ordinal);
        Assert.StartsWith("This cannot name a model: ", Refused(() => Publisher().Promote("../x", "1")), StringComparison.Ordinal);
        Assert.StartsWith("This cannot name a model: ", Refused(Request("1", "model.pkl") with { Model = "a/b" }), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("request", () => Publisher().Publish(null!));
    }

    [Fact]
    public void Promote_WhereNothingIs_SaysToPublish()
    {
        var gone = new RegistryPublisher(_folder.Options with { Root = _folder.At("gone") }, _folder.Time);

        Assert.Equal($"There is no model in {_folder.At("gone")}; publish a version first.", Refused(() => gone.Promote(null, "1")));
        Assert.Equal($"There is no model in {_folder.At("gone")}; publish a version first.", Refused(() => gone.Rollback(null)));
        Assert.False(Directory.Exists(_folder.At("gone")));
        Assert.Equal($"{_folder.Path} holds no model; publish a version first.", Refused(() => Publisher().Promote(null, "1")));
        _folder.Write("latest/model.pkl", "m.");
        Assert.Equal($"There is no version 1 in {_folder.At("versions")}; publish one first.", Refused(() => Publisher().Promote(null, "1")));
    }

    [Fact]
    public void Rollback_ClearsAwayWhatACrashLeft_AndChecksTheTarget()
    {
        _made.Write("model.pkl", "m.");
        Publisher().Publish(Request("1", "model.pkl"));
        Publisher().Publish(Request("2", "model.pkl"));
        Publisher().Promote(null, "2");
        Directory.CreateDirectory(_folder.At(".latest.tmp-0000"));
        _folder.Write("versions/1/model.pkl", "tampered with.");

        Assert.StartsWith("Version 1 cannot be promoted: model.pkl has the SHA-256 sum", Refused(() => Publisher().Rollback(null)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At(".latest.tmp-0000")));
        Assert.Equal("2", _folder.Scan().Models[0].Latest!.Version);
    }

    [Fact]
    public void History_Forget_TakesBackTheNewestThatIsSo()
    {
        var history = new PromotionHistory(_folder.Path);
        history.Add("2", "1");
        history.Add("2", "0");
        Assert.Equal(["0", "1"], history.Before("2"));

        history.Forget("2", "9");
        history.Forget("2", "0");
        Assert.Equal(["1"], history.Before("2"));
        history.Forget("2", "1");
        Assert.Empty(history.Before("2"));
    }

    [Fact]
    public void Replace_WhatCannotBeReplaced_LeavesNothingBeside()
    {
        Directory.CreateDirectory(_folder.At("here/below"));

        Assert.ThrowsAny<SystemException>(() => DurableFiles.Replace(_folder.At("here"), "x"u8));
        Assert.Equal(["here"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void ListBelow_Files_AreInOrdinalOrder()
    {
        _folder.Write("b", "1").Write("a/b", "1").Write("a/.c", "1").Write("A", "1").Write("__pycache__/d", "1").Link("a/loop", "..");

        Assert.Equal(["A", "a/b", "b"], DurableFiles.ListBelow(_folder.Path));
    }

    private RegistryPublisher Publisher() => new(_folder.Options, _folder.Time);

    private PublishRequest Request(string version, params string[] sources) => new() { Version = version, Sources = [.. sources.Select(_made.At)] };

    private string Refused(PublishRequest request) => Refused(() => Publisher().Publish(request));

    private static string Refused(Func<object?> change) => Assert.Throws<RegistryException>(() => change()).Message;
}
