namespace Skiff.Registry.Tests;

/// <summary>Clocks that are set, and files whose times say nothing: what decides is how long something was seen to be still.</summary>
public sealed class ClockTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Folder _folder = new();

    public static TheoryData<int> Days => [-40_000, -1, 1, 40_000];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Days))]
    public void Refresh_ClockIsSetWhileFilesSettle_TheyTakeTheSettleTimeAndNoMore(int days)
    {
        _folder.Write("versions/1/model.joblib", "one.").Settle();
        var registry = _folder.Open();
        registry.Refresh();
        _folder.Write("versions/2/model.joblib", "two.");
        registry.Refresh();

        _folder.Time.StepWallClock(days * Day);
        Assert.Equal("1", registry.Refresh().Models[0].Latest!.Version);
        _folder.Settle(499);
        Assert.Equal("1", registry.Refresh().Models[0].Latest!.Version);
        _folder.Settle(1);
        Assert.Equal("2", registry.Refresh().Models[0].Latest!.Version);
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Refresh_TimesOfFilesAreOff_NewVersionsAreTaken(int days)
    {
        _folder.Write("versions/1/model.joblib", "one.");
        SetTime("versions/1/model.joblib", days);
        var registry = _folder.Open();
        registry.Refresh();
        _folder.Settle();
        Assert.Equal("1", registry.Refresh().Models[0].Latest!.Version);

        _folder.Write("versions/2/model.joblib", "two.");
        SetTime("versions/2/model.joblib", days);
        registry.Refresh();
        _folder.Settle();
        Assert.Equal("2", registry.Refresh().Models[0].Latest!.Version);
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Refresh_LatestIsRewrittenWithTimesThatAreOff_IsTaken(int days)
    {
        _folder.Write("latest/model.joblib", "one.").Write("latest/metadata.json", """{"version":"1"}""").Settle();
        var registry = _folder.Open();
        registry.Refresh();

        _folder.Write("latest/model.joblib", "two.").Write("latest/metadata.json", """{"version":"2"}""");
        SetTime("latest/model.joblib", days);
        SetTime("latest/metadata.json", days);
        registry.Refresh();
        _folder.Settle();

        Assert.Equal("2", registry.Refresh().Models[0].Latest!.Version);
    }

    [Theory]
    [MemberData(nameof(Days))]
    public async Task RunAsync_ClockIsSet_LooksAreDueAsBefore(int days)
    {
        _folder.Write("versions/1/model.joblib", "m.").Settle();
        var registry = _folder.Open(static options => options with { Watch = false });
        using var stop = new CancellationTokenSource();
        var running = registry.RunAsync(stop.Token);
        while (registry.Current.Models.Count == 0 || _folder.Time.TimerCount == 0)
        {
            await Task.Yield();
        }

        _folder.Time.StepWallClock(days * Day);
        _folder.Write("versions/2/model.joblib", "m.");
        for (var seconds = 0; registry.Current.Models[0].Latest!.Version != "2"; seconds++)
        {
            Assert.True(seconds < 10_000, "2 was not found");
            _folder.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private void SetTime(string name, int days) => File.SetLastWriteTimeUtc(_folder.At(name), _folder.Time.GetUtcNow().UtcDateTime + (days * Day));
}
