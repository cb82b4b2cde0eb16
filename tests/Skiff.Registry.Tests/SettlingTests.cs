namespace Skiff.Registry.Tests;

public sealed class SettlingTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Refresh_FreshFiles_AreTakenWhenTheyHaveRested()
    {
        var registry = _folder.Open();
        _folder.Write("versions/1/model.joblib", "m.");

        Assert.Empty(registry.Refresh().Models[0].Versions);
        Assert.Equal(TimeSpan.FromMilliseconds(500), registry.NextLook);
        _folder.Settle(499);
        Assert.Empty(registry.Refresh().Models[0].Versions);
        _folder.Settle(1);
        Assert.Equal("1", Assert.Single(registry.Refresh().Models[0].Versions).Version);
        Assert.Null(registry.NextLook);
    }

    [Fact]
    public void Refresh_FilesGrow_AreNotTakenUntilTheyStop()
    {
        var registry = _folder.Open();
        for (var size = 1; size < 20; size++)
        {
            _folder.Settle(400).Write("versions/1/model.joblib", new string('m', size));
            Assert.Null(registry.Refresh().Models[0].Latest);
        }

        _folder.Settle();
        Assert.Equal(19, registry.Refresh().Models[0].Latest!.Artifacts.Files[0].Length);
    }

    [Fact]
    public void Refresh_OldFilesAtStart_AreTakenAtOnce_ButNotOldFilesThatAppearLater()
    {
        _folder.Write("a/model.joblib", "m.").Settle();
        var registry = _folder.Open();
        Assert.NotNull(registry.Refresh().Find("a")!.Latest);

        _folder.Write("b/model.joblib", "m.");
        File.SetLastWriteTimeUtc(_folder.At("b/model.joblib"), _folder.Time.GetUtcNow().UtcDateTime.AddDays(-1));

        Assert.Null(registry.Refresh().Find("b")!.Latest);
        _folder.Settle();
        Assert.NotNull(registry.Refresh().Find("b")!.Latest);
    }

    [Fact]
    public void Refresh_SettleTimeIsZero_TakesWhatIsThere()
    {
        _folder.Write("versions/1/model.joblib", "m.");

        Assert.NotNull(_folder.Open(options => options with { SettleTime = TimeSpan.Zero }).Refresh().Models[0].Latest);
    }

    [Fact]
    public void Refresh_RootIsMissingThenComesGoesAndComesBack_ServesThroughout()
    {
        var registry = _folder.Open(options => options with { Root = _folder.At("later") });
        Assert.Equal(
            $"there is no folder {_folder.At("later")} yet; models are served as soon as it appears",
            Assert.Single(registry.Refresh().Problems).Message);

        _folder.Write("later/versions/1/model.joblib", "m.").Settle();
        var model = registry.Refresh().Models[0];
        Assert.Equal("1", model.Latest!.Version);

        Directory.Move(_folder.At("later"), _folder.At("gone"));
        foreach (var wait in new[] { 0, 600, 100_000 })
        {
            _folder.Settle(wait);
            Assert.Same(model, registry.Refresh().Models[0]);
            Assert.Contains("the registry is empty or gone", registry.Current.Problems[0].Message, StringComparison.Ordinal);
        }

        Directory.CreateDirectory(_folder.At("later"));
        Assert.Same(model, registry.Refresh().Models[0]);

        Directory.Delete(_folder.At("later"));
        Directory.Move(_folder.At("gone"), _folder.At("later"));
        Assert.Same(model, registry.Refresh().Models[0]);
        Assert.DoesNotContain(registry.Current.Problems, problem => problem.Model is null);
    }

    [Fact]
    public void Refresh_OneModelOfSeveralIsRemoved_IsDroppedAfterTheSettleTime()
    {
        _folder.Write("a/model.joblib", "m.").Write("b/model.joblib", "m.").Settle();
        var registry = _folder.Open();
        registry.Refresh();

        _folder.Delete("b");
        Assert.Equal(2, registry.Refresh().Models.Count);
        _folder.Settle();
        Assert.Equal("a", Assert.Single(registry.Refresh().Models).Name);
    }

    [Fact]
    public void Refresh_VersionIsRemoved_IsDroppedAfterTheSettleTime_AndTheLastOneStays()
    {
        _folder.Write("versions/1/model.joblib", "one.").Write("versions/2/model.joblib", "two.").Settle();
        var registry = _folder.Open();
        registry.Refresh();

        _folder.Delete("versions/2");
        Assert.Equal("2", registry.Refresh().Models[0].Latest!.Version);
        _folder.Settle();
        Assert.Equal("1", registry.Refresh().Models[0].Latest!.Version);

        _folder.Delete("versions/1");
        registry.Refresh();
        _folder.Settle();
        Assert.Equal("1", registry.Refresh().Models[0].Latest!.Version);
    }

    [Fact]
    public void Refresh_NothingChanged_IsTheSameSnapshot()
    {
        _folder.Write("versions/1/model.joblib", "m.").Write("latest/model.joblib", "m.").Settle();
        var registry = _folder.Open();
        var snapshot = registry.Refresh();
        var hashed = registry.Hashes.Computed;

        _folder.Settle();

        Assert.Same(snapshot, registry.Refresh());
        Assert.Equal(hashed, registry.Hashes.Computed);
    }

    [Fact]
    public void Refresh_LatestIsRewrittenWithTheSameContent_StaysAndCanBeLoaded()
    {
        _folder.Write("latest/model.joblib", "m.").Write("latest/metadata.json", """{"version":"1"}""").Settle();
        var registry = _folder.Open();
        registry.Refresh();

        _folder.Write("latest/model.joblib", "m.").Write("latest/metadata.json", """{"version":"1"}""");
        registry.Refresh();
        _folder.Settle();
        var latest = registry.Refresh().Models[0].Latest!;

        Assert.Equal("1", latest.Version);
        Assert.True(latest.Artifacts.IsUnchanged(out _));
        Assert.Empty(registry.Current.Problems);
    }

    [Fact]
    public void Refresh_OnlyTheModelChanged_LastGoodStaysAndItIsSaid()
    {
        _folder.Write("latest/model.joblib", "one.").Write("latest/metadata.json", """{"version":"1"}""").Settle();
        var registry = _folder.Open();
        var before = registry.Refresh().Models[0].Latest;

        _folder.Write("latest/model.joblib", "two.");
        registry.Refresh();
        Assert.Equal("latest is being written; 1 keeps serving until it is whole", registry.Current.Problems[0].Message);
        _folder.Settle(100_000);

        Assert.Same(before, registry.Refresh().Models[0].Latest);
        Assert.Equal(
            "latest: the model has changed, but its metadata.json still names 1; it is taken when metadata.json is written; 1 keeps serving",
            Assert.Single(registry.Current.Problems).Message);
    }

    [Fact]
    public void Refresh_LatestAtStartHoldsOtherContentUnderAKnownName_ThatVersionServes()
    {
        _folder
            .Write("versions/1/model.joblib", "one.").Write("versions/2/model.joblib", "two.")
            .Write("latest/model.joblib", "three.").Write("latest/metadata.json", """{"version":"1"}""");

        var snapshot = _folder.Scan();

        Assert.Same(snapshot.Models[0].Find("1"), snapshot.Models[0].Latest);
        Assert.Contains(snapshot.Problems, problem => problem.Path == "latest" && problem.Message ==
            "latest holds a model that is none of versions/, and its metadata.json names 1, which is another one; 1 keeps serving");
    }

    [Fact]
    public void Refresh_LatestAlone_HasItsMetadatasNameElseItsOwn()
    {
        _folder.Write("a/latest/model.joblib", "m.").Write("a/latest/metadata.json", """{"version":"3"}""").Write("b/latest/model.joblib", "m.");

        var snapshot = _folder.Scan();

        Assert.Equal("3", snapshot.Find("a")!.Latest!.Version);
        Assert.Equal("latest", snapshot.Find("b")!.Latest!.Version);
        Assert.Same(snapshot.Find("a")!.Latest, snapshot.Find("a")!.Find("3"));
    }

    [Fact]
    public void Refresh_SameContentInTwoVersions_TheNamedOneCounts()
    {
        _folder
            .Write("versions/1/model.joblib", "m.").Write("versions/2/model.joblib", "m.").Write("versions/3/model.joblib", "m.")
            .Write("latest/model.joblib", "m.").Write("latest/metadata.json", """{"version":"2"}""");

        Assert.Equal("2", _folder.Scan().Models[0].Latest!.Version);
    }

    [Fact]
    public void Refuse_TheLastGoodIsOfferedAgainUntilTheFilesChange()
    {
        _folder.Write("versions/1/model.joblib", "one.").Settle();
        var registry = _folder.Open();
        registry.Refresh();
        _folder.Write("versions/2/model.joblib", "broken");
        registry.Refresh();
        _folder.Settle();
        var broken = registry.Refresh().Models[0].Latest!;
        Assert.Equal("2", broken.Version);

        var model = registry.Refuse(broken, "model.joblib ends too early").Models[0];
        Assert.Equal("1", model.Latest!.Version);
        Assert.Equal("model.joblib ends too early", model.WhyUnservable("2"));
        Assert.Same(model, registry.Refresh().Models[0]);

        _folder.Write("versions/2/model.joblib", "mended.");
        registry.Refresh();
        _folder.Settle();
        Assert.Equal("2", registry.Refresh().Models[0].Latest!.Version);
    }

    [Fact]
    public void Refuse_Several_OneLookOffersTheLastGoodOfEach()
    {
        _folder.Write("a/versions/1/model.joblib", "one.").Write("b/versions/1/model.joblib", "one.").Settle();
        var registry = _folder.Open();
        registry.Refresh();
        _folder.Write("a/versions/2/model.joblib", "broken").Write("b/versions/2/model.joblib", "broken");
        registry.Refresh();
        _folder.Settle();
        var before = registry.Refresh();

        var after = registry.Refuse(before.Models.Select(static model => (model.Latest!, $"{model.Name} ends too early")));

        Assert.Equal(before.Generation + 1, after.Generation);
        Assert.Equal(["1", "1"], after.Models.Select(static model => model.Latest!.Version));
        Assert.Equal(["a ends too early", "b ends too early"], after.Models.Select(static model => model.WhyUnservable("2")));
    }

    [Fact]
    public void Refuse_LatestIsACopyOfIt_TheLastGoodStays()
    {
        _folder.Write("versions/1/model.joblib", "one.").Write("latest/model.joblib", "one.").Settle();
        var registry = _folder.Open();
        registry.Refresh();
        _folder.Write("versions/2/model.joblib", "broken").Write("latest/model.joblib", "broken");
        registry.Refresh();
        _folder.Settle();
        var broken = registry.Refresh().Models[0].Latest!;

        var model = registry.Refuse(broken, "no model").Models[0];

        Assert.Equal("1", model.Latest!.Version);
        Assert.Contains(registry.Current.Problems, problem => problem.Message == "latest is a copy of 2, which cannot be served; 1 keeps serving");
    }
}
