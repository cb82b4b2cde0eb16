namespace Skiff.Registry.Tests;

/// <summary>What is left when publishing or promoting is cut off, or the disk does not take it.</summary>
public sealed class PublisherFaultTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Folder _made;

    public PublisherFaultTests() => _made = new Folder(_folder.Time);

    public void Dispose()
    {
        _folder.Dispose();
        _made.Dispose();
    }

    [Fact]
    public void Refresh_FirstVersionOfAModelIsBeingPutTogether_IsNoModelYet()
    {
        _folder.Write("iris/versions/1/model.joblib", "i.").Write("spam/.skiff-lock", string.Empty).Write("spam/versions/.1.tmp-0a0b0c0d/model.joblib", "half");

        Assert.Equal(["iris"], _folder.Scan().Models.Select(static model => model.Name));

        _made.Write("model.joblib", "s.");
        Publisher().Publish(Request("1") with { Model = "spam" });
        Assert.Equal(["iris", "spam"], _folder.Scan().Models.Select(static model => model.Name));
        Assert.Equal(["1"], Directory.GetFileSystemEntries(_folder.At("spam/versions")).Select(Path.GetFileName));
    }

    [Fact]
    public void Promote_DiskFullBeforeTheSwap_LeavesTheOldOneAndNothingElse()
    {
        PublishAll("1.0.0", "1.1.0");
        Publisher().Promote(null, "1.0.0");
        foreach (var last in new[] { "copied metadata.json", "copied model.joblib", "moved the old one aside" })
        {
            var publisher = Publisher(step => _ = step == last ? throw new IOException("No space left on device : 'x'", 28) : 0);

            var error = Assert.Throws<RegistryException>(() => publisher.Promote(null, "1.1.0"));

            Assert.Equal("The registry was not changed: No space left on device : 'x'. Free some space there and run the command again.", error.Message);
            Assert.Equal([".skiff-history", ".skiff-lock", "latest", "versions"], Names());
            Assert.Equal("model 1.0.0.", File.ReadAllText(_folder.At("latest/model.joblib")));
        }
    }

    [Fact]
    public void Promote_CutOffBeforeTheSwap_HasNotHappenedForARollback()
    {
        PublishAll("1.0.0", "1.1.0", "1.2.0");
        Publisher().Promote(null, "1.2.0");
        Publisher().Promote(null, "1.0.0");
        Assert.Throws<InvalidOperationException>(() => Publisher(static _ => throw new InvalidOperationException("crash")).Promote(null, "1.1.0"));

        Assert.Equal(("1.0.0", "1.2.0"), Publisher().Rollback(null));
    }

    [Fact]
    public void Promote_CutOffAfterTheSwap_IsKnownToARollback()
    {
        PublishAll("1.0.0", "1.1.0", "1.2.0");
        Publisher().Promote(null, "1.0.0");
        Assert.Throws<InvalidOperationException>(
            () => Publisher(static step => _ = step == "moved the new one in" ? throw new InvalidOperationException("crash") : 0).Promote(null, "1.2.0"));

        Assert.Equal(("1.2.0", "1.0.0"), Publisher().Rollback(null));
    }

    [Fact]
    public void Rollback_HistoryCannotBeWritten_SaysWhatServes()
    {
        PublishAll("1.0.0", "1.1.0");
        Publisher().Promote(null, "1.0.0");
        Publisher().Promote(null, "1.1.0");
        FileStream? held = null;
        var publisher = Publisher(step => held ??= step == "moved the new one in" ? new FileStream(_folder.At(".skiff-history"), FileMode.Open, FileAccess.ReadWrite, FileShare.None) : null);

        var error = Assert.Throws<RegistryException>(() => publisher.Rollback(null));

        held!.Dispose();
        Assert.StartsWith("1.0.0 serves in the place of 1.1.0, but .skiff-history could not be written: ", error.Message, StringComparison.Ordinal);
        Assert.Equal("model 1.0.0.", File.ReadAllText(_folder.At("latest/model.joblib")));
    }

    [Fact]
    public void Promote_HistoryWasHalfWritten_IsClearedAway()
    {
        PublishAll("1.0.0");
        _folder.Write(".skiff-history.tmp-0a0b0c0d", "1.0.0\t0.");

        Publisher().Promote(null, "1.0.0");

        Assert.Equal([".skiff-lock", "latest", "versions"], Names());
    }

    [Fact]
    public void Publish_FolderMayNotBeWrittenTo_SaysWhoMayAndNotThatAnotherPublisherIsAtWork()
    {
        _made.Write("model.joblib", "m.");
        Directory.CreateDirectory(_folder.At(".skiff-lock"));

        var error = Assert.Throws<RegistryException>(() => Publisher().Publish(Request("1.0.0")));

        Assert.Equal(
            $"The registry was not changed: Access to the path '{_folder.At(".skiff-lock")}' is denied. Run the command as a user who may write there.", error.Message);
    }

    [Theory]
    [InlineData(28, " Free some space there and run the command again.")]
    [InlineData(122, " Free some space there and run the command again.")]
    [InlineData(30, " It is mounted read-only here: run the command where it is not.")]
    [InlineData(5, "")]
    public void Explain_Error_SaysWhatHelps(int number, string help) =>
        Assert.Equal($"It failed : '/x'.{help}", DiskError.Explain(new IOException("It failed : '/x'", number)));

    private string[] Names() => [.. Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private void PublishAll(params string[] versions)
    {
        foreach (var version in versions)
        {
            _made.Write("model.joblib", $"model {version}.");
            Publisher().Publish(Request(version));
        }
    }

    private RegistryPublisher Publisher(Action<string>? step = null) => new(_folder.Options, _folder.Time) { Step = step };

    private PublishRequest Request(string version) => new() { Version = version, Sources = [_made.At("model.joblib")] };
}
