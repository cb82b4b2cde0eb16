namespace Skiff.Models.Tests;

public sealed class ScratchTests
{
    [Fact]
    public void Step_BeyondTheInterval_LooksOnce()
    {
        var watch = new CountingWatch(100);
        var scratch = new Scratch { Watch = watch };
        scratch.Step(100);
        Assert.Equal(0, watch.Looks);
        scratch.Step(1);
        Assert.Equal(1, watch.Looks);
        scratch.Step(100);
        Assert.Equal(1, watch.Looks);
        scratch.Step(1);
        Assert.Equal(2, watch.Looks);
    }

    [Fact]
    public void Step_WithoutAWatch_GoesOn()
    {
        var scratch = new Scratch();
        scratch.Step(long.MaxValue);
        scratch.Step(long.MaxValue);
        Assert.Null(scratch.Watch);
    }

    [Fact]
    public void Memory_ThatIsTaken_IsWork()
    {
        var watch = new CountingWatch(0);
        var scratch = new Scratch { Watch = watch };
        scratch.Dense(2, 3);
        scratch.Integers(4);
        Assert.Equal(2, watch.Looks);
    }

    [Fact]
    public void Reset_TakesTheWatchAway()
    {
        var watch = new CountingWatch(0);
        var scratch = new Scratch { Watch = watch };
        scratch.Reset();
        scratch.Step(1);
        Assert.Null(scratch.Watch);
        Assert.Equal(0, watch.Looks);
    }

    [Fact]
    public void Return_ToThePool_TakesTheWatchAway()
    {
        var pool = new ScratchPool();
        var scratch = pool.Rent();
        scratch.Watch = new CountingWatch(0);
        pool.Return(scratch);
        Assert.Same(scratch, pool.Rent());
        Assert.Null(scratch.Watch);
    }

    [Fact]
    public void CancellationWatch_OnACancelledToken_EndsTheCallAfterItsInterval()
    {
        using var source = new CancellationTokenSource();
        var scratch = new Scratch { Watch = new CancellationWatch(source.Token) };
        scratch.Step(CancellationWatch.AboutAMillisecond + 1);
        source.Cancel();
        scratch.Step(CancellationWatch.AboutAMillisecond);
        var ended = Assert.Throws<OperationCanceledException>(() => scratch.Step(1));
        Assert.Equal(source.Token, ended.CancellationToken);
    }

    private sealed class CountingWatch(long interval) : ICallWatch
    {
        public int Looks { get; private set; }

        public long Interval => interval;

        public void Look() => Looks++;
    }
}
