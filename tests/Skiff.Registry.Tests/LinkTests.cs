namespace Skiff.Registry.Tests;

public sealed class LinkTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Folder _outside = new();

    public void Dispose()
    {
        _folder.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public void Refresh_KubernetesMount_FollowsTheSwapOfTheData()
    {
        _folder
            .Write("..2026_1/model.joblib", "one.").Write("..2026_1/metadata.json", """{"version":"1.0.0"}""")
            .Link("..data", "..2026_1").Link("model.joblib", "..data/model.joblib").Link("metadata.json", "..data/metadata.json").Settle();
        var registry = _folder.Open();
        var consumer = new Consumer(registry);
        consumer.Look();
        Assert.Equal(("1.0.0", "one."), consumer.Serving);

        _folder.Write("..2026_2/model.joblib", "two.").Write("..2026_2/metadata.json", """{"version":"1.1.0"}""");
        Directory.Delete(_folder.At("..data"));
        _folder.Link("..data", "..2026_2");
        var before = registry.Current.Models[0].Latest!;
        Assert.False(before.Artifacts.IsUnchanged(out _));
        consumer.Look();
        Assert.Equal(("1.0.0", "one."), consumer.Serving);

        _folder.Delete("..2026_1").Settle();
        consumer.Look();
        Assert.Equal(("1.1.0", "two."), consumer.Serving);
    }

    [Fact]
    public void Refresh_LatestIsALink_IsThatVersion()
    {
        _folder.Write("versions/1.0.0/model.joblib", "one.").Write("versions/1.1.0/model.joblib", "two, longer.").Link("latest", "versions/1.0.0");

        Assert.Equal("1.0.0", _folder.Scan().Models[0].Latest!.Version);
    }

    [Fact]
    public void Refresh_FileLinksOut_IsRefusedUnlessAsked()
    {
        _outside.Write("model.joblib", "secret.");
        _folder.Link("versions/1/model.joblib", _outside.At("model.joblib"));

        var refused = _folder.Scan().Models[0];
        var followed = _folder.Scan(options => options with { FollowLinks = true }).Models[0];

        Assert.Null(refused.Latest);
        Assert.Equal("model.joblib is a link out of the registry; --follow-links follows it", refused.WhyUnservable("1"));
        Assert.Equal("1", followed.Latest!.Version);
        Assert.True(followed.Latest.Artifacts.IsUnchanged(out _));
    }

    [Fact]
    public void Refresh_FolderLinksOut_IsLeftOutAndSaid()
    {
        _outside.Write("model.joblib", "secret.");
        _folder.Write("iris/versions/1/model.joblib", "m.").Link("spam", _outside.Path).Link("iris/versions/2", _outside.Path);

        var snapshot = _folder.Scan();

        Assert.Equal("iris", Assert.Single(snapshot.Models).Name);
        Assert.Equal("1", Assert.Single(snapshot.Models[0].Versions).Version);
        Assert.Equal(
            ["spam is a link out of the registry; --follow-links follows it", "2 is a link out of the registry; --follow-links follows it"],
            snapshot.Problems.Where(problem => problem.Version is null).Select(problem => problem.Message));
    }

    [Fact]
    public void Refresh_LinkInTheMiddleOfAPathLeadsOut_IsRefused()
    {
        _outside.Write("model.joblib", "secret.");
        _folder.Link("versions/1/data", _outside.Path).Write("versions/1/metadata.json", """{"artifacts": ["data/model.joblib"]}""");

        Assert.Equal(
            "data/model.joblib is a link out of the registry; --follow-links follows it",
            _folder.Scan().Models[0].WhyUnservable("1"));
    }

    [Fact]
    public void Refresh_LinkIsTurnedOutAfterTheLook_IsUnchangedSaysNo()
    {
        _outside.Write("model.joblib", "m.");
        _folder.Write("versions/1/real", "m.").Link("versions/1/model.joblib", "real");
        var set = _folder.Scan().Models[0].Latest!.Artifacts;
        Assert.True(set.IsUnchanged(out _));

        _folder.Delete("versions/1/model.joblib").Link("versions/1/model.joblib", _outside.At("model.joblib"));

        Assert.False(set.IsUnchanged(out var reason));
        Assert.Equal("model.joblib is a link out of the registry; --follow-links follows it", reason);
    }

    [Fact]
    public void Refresh_LinksInACircleOrToNothing_AreLeftOut()
    {
        _folder.Write("versions/1/model.joblib", "m.").Link("versions/2", "3").Link("versions/3", "2").Link("versions/4", "nowhere");

        Assert.Equal("1", Assert.Single(_folder.Scan().Models[0].Versions).Version);
    }

    [Fact]
    public void Refresh_RootIsALink_IsFollowed()
    {
        _outside.Write("versions/1/model.joblib", "m.");
        _folder.Link("registry", _outside.Path).Settle();

        Assert.Equal("1", new ModelRegistry(new RegistryOptions { Root = _folder.At("registry") }, _folder.Time).Refresh().Models[0].Latest!.Version);
    }
}
