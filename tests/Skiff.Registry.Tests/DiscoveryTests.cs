namespace Skiff.Registry.Tests;

public sealed class DiscoveryTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Refresh_VersionsAndLatest_LatestIsTheVersionOfTheSameContent()
    {
        _folder
            .Write("versions/1.0.0/model.joblib", "one").Write("versions/1.0.0/metadata.json", """{"version":"1.0.0"}""")
            .Write("versions/1.1.0/model.joblib", "two").Write("versions/1.1.0/metadata.json", """{"version":"1.1.0"}""")
            .Write("latest/model.joblib", "one").Write("latest/metadata.json", """{"version":"1.1.0"}""");

        var model = Assert.Single(_folder.Scan().Models);

        Assert.Equal("default", model.Name);
        Assert.Equal(["1.0.0", "1.1.0"], model.Versions.Select(version => version.Version));
        Assert.Same(model.Find("1.0.0"), model.Latest);
    }

    [Fact]
    public void Refresh_NoLatest_HighestVersionServes()
    {
        _folder.Write("versions/2/model.joblib", "a").Write("versions/10/model.joblib", "b");

        Assert.Equal("10", _folder.Scan().Models[0].Latest!.Version);
    }

    [Fact]
    public void Refresh_RootHoldsModelFile_OneModelWithOneVersion()
    {
        _folder.Write("model.pkl", "a");

        var model = Assert.Single(_folder.Scan(options => options with { ModelName = "iris" }).Models);

        Assert.Equal("iris", model.Name);
        Assert.Equal("1", Assert.Single(model.Versions).Version);
        Assert.Equal(["model.pkl"], model.Latest!.Artifacts.Entries);
    }

    [Fact]
    public void Refresh_RootHoldsFolders_OneModelAFolder()
    {
        _folder
            .Write("iris/model.joblib", "a").Write("iris/metadata.json", """{"version":"7"}""")
            .Write("sentiment/versions/1.0.0/model.joblib", "b")
            .Write("docs/readme.txt", "no model");

        var snapshot = _folder.Scan();

        Assert.Equal(["iris", "sentiment"], snapshot.Models.Select(model => model.Name));
        Assert.Equal("7", snapshot.Find("iris")!.Latest!.Version);
        Assert.Equal("1.0.0", snapshot.Find("sentiment")!.Latest!.Version);
    }
}
