namespace Skiff.Registry.Tests;

/// <summary>The loop in real time: every wait is for an event, and bounded.</summary>
public sealed class WatchingTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly Folder _folder = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true, 60_000)]
    [InlineData(false, 20)]
    public async Task RunAsync_VersionAppears_IsAnnounced(bool watch, int pollMilliseconds)
    {
        var registry = new ModelRegistry(_folder.Options with
        {
            Watch = watch,
            PollInterval = TimeSpan.FromMilliseconds(pollMilliseconds),
            SettleTime = TimeSpan.FromMilliseconds(20),
        });
        Write("versions/1/model.joblib");
        var running = registry.RunAsync(_stop.Token);
        await Until(registry, "1");

        Write("versions/2/model.joblib");
        await Until(registry, "2");

        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task RunAsync_RootAppearsLater_IsFoundByPolling()
    {
        var registry = new ModelRegistry(new RegistryOptions
        {
            Root = _folder.At("later"),
            PollInterval = TimeSpan.FromMilliseconds(20),
            SettleTime = TimeSpan.FromMilliseconds(20),
        });
        var running = registry.RunAsync(_stop.Token);

        Write("later/versions/1/model.joblib");
        await Until(registry, "1");

        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task RunAsync_FakeClock_LooksAgainWhenThePollIsDue()
    {
        _folder.Write("versions/1/model.joblib", "m.").Settle();
        var registry = _folder.Open(options => options with { Watch = false });
        var running = registry.RunAsync(_stop.Token);
        await Until(registry, "1", () => { });

        _folder.Write("versions/2/model.joblib", "m.");
        await Until(registry, "2", () => _folder.Time.Advance(TimeSpan.FromSeconds(1)));

        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task RunAsync_NothingIsThere_IsAnnouncedToo()
    {
        var registry = _folder.Open(options => options with { Watch = false });
        var running = registry.RunAsync(_stop.Token);

        await foreach (var snapshot in registry.WatchAsync(_stop.Token))
        {
            Assert.Empty(snapshot.Models);
            if (snapshot.Generation > 0)
            {
                break;
            }
        }

        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static async Task Until(ModelRegistry registry, string version)
    {
        using var bound = new CancellationTokenSource(Bound);
        await foreach (var snapshot in registry.WatchAsync(bound.Token))
        {
            if (snapshot.Models is [{ Latest.Version: var latest }] && latest == version)
            {
                return;
            }
        }
    }

    private static async Task Until(ModelRegistry registry, string version, Action advance)
    {
        for (var i = 0; i < 100_000; i++)
        {
            if (registry.Current.Models is [{ Latest.Version: var latest }] && latest == version)
            {
                return;
            }

            advance();
            await Task.Yield();
        }

        Assert.Fail($"{version} was not announced");
    }

    private void Write(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(name))!);
        File.WriteAllText(_folder.At(name), name);
    }
}
