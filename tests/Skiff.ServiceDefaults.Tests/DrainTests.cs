using Skiff.TestKit;

namespace Skiff.ServiceDefaults.Tests;

public sealed class DrainTests
{
    [Fact]
    public async Task BeginAsync_Delay_IsDrainingAtOnceAndEndsAfterIt()
    {
        var time = new ManualTime();
        using var drain = new Drain(new DrainOptions { Delay = TimeSpan.FromSeconds(5) }, time);
        Assert.False(drain.IsDraining);
        var draining = drain.BeginAsync(TestContext.Current.CancellationToken);
        Assert.True(drain.IsDraining);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(draining.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await draining;
    }

    [Fact]
    public async Task BeginAsync_NoDelay_EndsAtOnce()
    {
        using var drain = new Drain(new DrainOptions { Delay = TimeSpan.Zero }, new ManualTime());
        await drain.BeginAsync(TestContext.Current.CancellationToken);
        Assert.True(drain.IsDraining);
    }

    [Fact]
    public async Task SkipDelay_Waiting_EndsIt()
    {
        using var drain = new Drain(new DrainOptions { Delay = TimeSpan.FromHours(1) }, new ManualTime());
        var draining = drain.BeginAsync(TestContext.Current.CancellationToken);
        drain.SkipDelay();
        await draining;
    }
}
