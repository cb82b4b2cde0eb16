namespace Skiff.Registry.Tests;

public sealed class SnapshotTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Constructor_OptionsThatAreNone_AreRefused()
    {
        Assert.Throws<ArgumentNullException>("options", () => new ModelRegistry(null!));
        Assert.Throws<ArgumentException>("options", () => _folder.Open(options => options with { Root = " " }));
        Assert.Throws<ArgumentException>("options", () => _folder.Open(options => options with { ModelName = "" }));
        Assert.Throws<ArgumentOutOfRangeException>("options", () => _folder.Open(options => options with { SettleTime = TimeSpan.FromTicks(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>("options", () => _folder.Open(options => options with { PollInterval = TimeSpan.Zero }));
    }

    [Fact]
    public void Refuse_WithoutAnEntryOrAReason_IsRefused()
    {
        _folder.Write("versions/1/model.pkl", "m.");
        var registry = _folder.Settle().Open();
        var entry = registry.Refresh().Models[0].Latest!;

        Assert.Throws<ArgumentNullException>("entry", () => registry.Refuse(null!, "why"));
        Assert.Throws<ArgumentException>("reason", () => registry.Refuse(entry, ""));
        Assert.Throws<ArgumentNullException>("refused", () => registry.Refuse(null!));
        Assert.Equal("default/1", entry.ToString());
    }

    [Theory]
    [InlineData("""{"threshold": 0.1}""", """{"threshold": 0.2}""")]
    [InlineData("""{"labels": "a.pkl"}""", """{"labels": "b.pkl"}""")]
    [InlineData("""{"features": ["a"]}""", """{"features": ["b"]}""")]
    [InlineData("""{"features": []}""", "{}")]
    [InlineData("""{"features": "a.pkl"}""", """{"features": "b.pkl"}""")]
    [InlineData("""{"features": "a.pkl#x"}""", """{"features": "a.pkl#y"}""")]
    [InlineData("""{"artifacts": ["a.pkl#x"]}""", """{"artifacts": ["a.pkl#y"]}""")]
    [InlineData("""{"artifacts": ["a.pkl"], "labels": "b.pkl"}""", """{"artifacts": ["b.pkl"], "labels": "a.pkl"}""")]
    [InlineData("{}", """{"sha256": {"other.pkl": "0000000000000000000000000000000000000000000000000000000000000000"}}""")]
    [InlineData(
        """{"sha256": {"other.pkl": "0000000000000000000000000000000000000000000000000000000000000000"}}""",
        """{"sha256": {"other.pkl": "1000000000000000000000000000000000000000000000000000000000000000"}}""")]
    public void Artifacts_MetadataThatDecidesHowTheyAreRead_MakesOthers(string before, string after)
    {
        _folder.Write("versions/1/model.pkl", "m.").Write("versions/1/a.pkl", "a.").Write("versions/1/b.pkl", "b.").Write("versions/1/metadata.json", before).Settle();
        var registry = _folder.Open();
        var old = registry.Refresh().Models[0].Latest!.Artifacts;

        _folder.Write("versions/1/metadata.json", after);
        registry.Refresh();
        _folder.Settle();

        Assert.NotSame(old, registry.Refresh().Models[0].Latest!.Artifacts);
    }

    [Fact]
    public void Artifacts_MetadataThatDecidesNothing_KeepsThem()
    {
        _folder.Write("versions/1/model.pkl", "m.").Write("versions/1/metadata.json", """{"features": ["a"], "threshold": 0.1, "note": "x"}""").Settle();
        var registry = _folder.Open();
        var old = registry.Refresh().Models[0].Latest!.Artifacts;

        _folder.Write("versions/1/metadata.json", """{"features": ["a"], "threshold": 0.1, "note": "y"}""");
        registry.Refresh();
        _folder.Settle();

        Assert.Same(old, registry.Refresh().Models[0].Latest!.Artifacts);
    }

    [Fact]
    public void Bound_ControlsAndHalfCharacters_AreReplaced() =>
        Assert.Equal("~\uFFFD\uFFFD\u00a0\uFFFD\uFFFD\ue000 \uFFFD", RegistryProblem.Bound("~\u007f\u009f\u00a0\ud800\udfff\ue000 \u001f"));
}
