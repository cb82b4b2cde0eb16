namespace Skiff.Registry.Tests;

public sealed class PublisherTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Folder _made;

    public PublisherTests() => _made = new Folder(_folder.Time);

    public void Dispose()
    {
        _folder.Dispose();
        _made.Dispose();
    }

    [Fact]
    public void Publish_OneFile_IsAVersionWithItsSum()
    {
        _made.Write("iris_final.joblib", "model.").Write("meta.json", """{"test_accuracy":0.50,"note":"é","nan":NaN,"version":"other"}""");

        var destination = Publisher().Publish(Request("1.0.0", "iris_final.joblib") with { Metadata = _made.At("meta.json") });

        Assert.Equal(_folder.At("versions/1.0.0"), destination);
        Assert.Equal(
            $$"""
            {
              "version": "1.0.0",
              "test_accuracy": 0.50,
              "note": "é",
              "nan": "NaN",
              "saved_at": "2026-01-02T03:04:05Z",
              "sha256": {
                "model.joblib": "{{FileHash.Compute("model."u8)}}"
              }
            }

            """,
            File.ReadAllText(_folder.At("versions/1.0.0/metadata.json")));
        Assert.Equal(["1.0.0"], Directory.GetFileSystemEntries(_folder.At("versions")).Select(Path.GetFileName));
    }

    [Fact]
    public void Publish_IsServedAtOnce_BecauseTheSumsMatch()
    {
        _made.Write("model.joblib", "model.");
        var registry = _folder.Open();
        Assert.Empty(registry.Refresh().Models);

        Publisher().Publish(Request("1.0.0", "model.joblib"));

        Assert.Equal("1.0.0", registry.Refresh().Find("default")!.Latest!.Version);
    }

    [Fact]
    public void Publish_SeveralFiles_AreChainedInTheGivenOrder()
    {
        _made.Write("vectorizer.pkl", "v.").Write("model.joblib", "m.").Write("text_utils.py", "def f(x): return x");

        Publisher().Publish(Request("1.0.0", "vectorizer.pkl", "model.joblib", "text_utils.py"));

        Assert.Equal(["vectorizer.pkl", "model.joblib"], _folder.Scan().Models[0].Latest!.Artifacts.Entries);
        Assert.True(File.Exists(_folder.At("versions/1.0.0/text_utils.py")));
    }

    [Fact]
    public void Publish_Folder_TakesWhatIsInIt()
    {
        _made.Write("run/MLmodel", "flavors:\n  sklearn:\n    pickled_model: data/model.pkl\n").Write("run/data/model.pkl", "m.").Write("run/.hidden", "x");

        Publisher().Publish(Request("1.0.0", "run"));

        Assert.Equal(["data/model.pkl"], _folder.Scan().Models[0].Latest!.Artifacts.Entries);
        Assert.False(File.Exists(_folder.At("versions/1.0.0/.hidden")));
    }

    [Fact]
    public void Publish_VersionIsThere_RefusesAndSaysHow()
    {
        _made.Write("model.joblib", "m.");
        Publisher().Publish(Request("1.0.0", "model.joblib"));

        var error = Assert.Throws<RegistryException>(() => Publisher().Publish(Request("1.0.0", "model.joblib")));

        Assert.Equal(
            "Version 1.0.0 is published already, and versions never change: what serves under a name is what was tested under it. " +
            "Publish under a new version, or delete the folder by hand.",
            error.Message);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../x")]
    [InlineData("/etc/x")]
    [InlineData("a\0b")]
    [InlineData("")]
    [InlineData(".hidden")]
    public void Publish_NameIsNoName_TouchesNothing(string version)
    {
        _made.Write("model.joblib", "m.");

        var error = Assert.Throws<RegistryException>(() => Publisher().Publish(Request(version, "model.joblib")));

        Assert.StartsWith("This cannot name a version", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Publish_NothingToServe_LeavesNothingBehind()
    {
        _made.Write("run/notes.txt", "no model");

        var error = Assert.Throws<RegistryException>(() => Publisher().Publish(Request("1.0.0", "run")));

        Assert.Equal(
            "Version 1.0.0 was not published: the folder holds neither model.joblib nor model.pkl nor MLmodel, and metadata.json names no artifacts.",
            error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.At("versions")));
    }

    [Fact]
    public void Publish_BrokenMetadata_IsRefused()
    {
        _made.Write("model.joblib", "m.").Write("bad.json", "[1]");

        var error = Assert.Throws<RegistryException>(() => Publisher().Publish(Request("1.0.0", "model.joblib") with { Metadata = _made.At("bad.json") }));

        Assert.Contains("metadata.json is not a JSON object", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Publish_AnotherPublisherIsAtWork_IsRefused()
    {
        _made.Write("model.joblib", "m.");
        using var held = PublisherLock.Take(_folder.Path);

        var error = Assert.Throws<RegistryException>(() => Publisher().Publish(Request("1.0.0", "model.joblib")));

        Assert.Equal($"Another publisher is at work in {_folder.Path} (it holds .skiff-lock). Try again when it is done.", error.Message);
    }

    [Fact]
    public void Publish_SeveralModelsAndNoneNamed_SaysWhich()
    {
        _folder.Write("iris/versions/1/model.joblib", "i.").Write("spam/versions/1/model.joblib", "s.");
        _made.Write("model.joblib", "m.");

        var error = Assert.Throws<RegistryException>(() => Publisher().Publish(Request("2", "model.joblib")));
        Publisher().Publish(Request("2", "model.joblib") with { Model = "spam" });

        Assert.Equal($"{_folder.Path} holds several models; say which with --model: iris, spam.", error.Message);
        Assert.Equal("2", _folder.Scan().Find("spam")!.Latest!.Version);
    }

    [Fact]
    public void Promote_CopiesRealFiles_AndSaysWhatServedBefore()
    {
        PublishAll("1.0.0", "1.1.0");

        Assert.Equal("1.1.0", Publisher().Promote(null, "1.0.0"));

        Assert.Null(new DirectoryInfo(_folder.At("latest")).LinkTarget);
        Assert.Equal("model 1.0.0.", File.ReadAllText(_folder.At("latest/model.joblib")));
        Assert.Equal("1.0.0", _folder.Scan().Models[0].Latest!.Version);
    }

    [Fact]
    public void Promote_UnknownVersion_NamesTheKnown()
    {
        PublishAll("1.0.0", "1.1.0");

        var error = Assert.Throws<RegistryException>(() => Publisher().Promote(null, "9"));

        Assert.Equal($"There is no version 9 in {_folder.At("versions")}; there are 1.0.0, 1.1.0.", error.Message);
    }

    [Fact]
    public void Promote_SumsDiffer_IsRefused()
    {
        PublishAll("1.0.0");
        _folder.Write("versions/1.0.0/model.joblib", "tampered with.");

        var error = Assert.Throws<RegistryException>(() => Publisher().Promote(null, "1.0.0"));

        Assert.Contains("model.joblib has the SHA-256 sum", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("latest")));
    }

    [Fact]
    public void Rollback_AfterPromotions_GoesTheWayBack()
    {
        PublishAll("1.0.0", "1.1.0", "1.2.0");
        foreach (var version in new[] { "1.2.0", "1.0.0", "1.1.0" })
        {
            Publisher().Promote(null, version);
        }

        Assert.Equal(("1.1.0", "1.0.0"), Publisher().Rollback(null));
        Assert.Equal(("1.0.0", "1.2.0"), Publisher().Rollback(null));
        Assert.Equal(("1.2.0", "1.1.0"), Publisher().Rollback(null));
    }

    [Fact]
    public void Rollback_PythonWroteLatest_GoesToTheNextLower()
    {
        PublishAll("2", "10");
        _folder.Write("latest/model.joblib", "model 10.");

        Assert.Equal(("10", "2"), Publisher().Rollback(null));
        var error = Assert.Throws<RegistryException>(() => Publisher().Rollback(null));

        Assert.Equal("There is no version before 2 to roll back to. Promote one by name: skiff registry promote VERSION.", error.Message);
    }

    [Fact]
    public void Promote_CrashAfterAnyStep_LeavesOldOrNewAndIsClearedAway()
    {
        PublishAll("1.0.0", "1.1.0");
        Publisher().Promote(null, "1.0.0");
        var running = new Consumer(_folder.Settle().Open());
        running.Look();
        for (var crash = 0; ; crash++)
        {
            var step = 0;
            var publisher = new RegistryPublisher(_folder.Options, _folder.Time)
            {
                Step = _ =>
                {
                    running.Look();
                    if (step++ == crash)
                    {
                        throw new InvalidOperationException("crash");
                    }
                },
            };
            try
            {
                publisher.Promote(null, "1.1.0");
                break;
            }
            catch (InvalidOperationException)
            {
                AssertServes(running, "after a crash");
            }

            Publisher().Promote(null, "1.0.0");
            Assert.Equal(["latest", "versions"], Directory.GetDirectories(_folder.Path).Select(Path.GetFileName).Order());
        }

        _folder.Settle();
        running.Look();
        Assert.Equal(("1.1.0", "model 1.1.0."), running.Serving);
    }

    private void AssertServes(Consumer running, string when)
    {
        foreach (var wait in new[] { 0, 600, 10_000 })
        {
            _folder.Settle(wait);
            running.Look();
            var fresh = new Consumer(_folder.Open());
            _folder.Settle(10_000);
            fresh.Look();
            foreach (var serving in new[] { running.Serving, fresh.Serving })
            {
                Assert.True(serving is ("1.0.0", "model 1.0.0.") or ("1.1.0", "model 1.1.0."), $"{when}: {serving}");
            }
        }
    }

    private void PublishAll(params string[] versions)
    {
        foreach (var version in versions)
        {
            _made.Write("model.joblib", $"model {version}.");
            Publisher().Publish(Request(version, "model.joblib"));
        }
    }

    private RegistryPublisher Publisher() => new(_folder.Options, _folder.Time);

    private PublishRequest Request(string version, params string[] sources) =>
        new() { Version = version, Sources = [.. sources.Select(_made.At)] };
}
