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
    public void Reset_LeavesTheWatch_WhichIsTheCallers()
    {
        var watch = new CountingWatch(0);
        var scratch = new Scratch { Watch = watch };
        scratch.Reset();
        scratch.Step(1);
        Assert.Same(watch, scratch.Watch);
        Assert.Equal(1, watch.Looks);
    }

    [Fact]
    public void Inner_IsCountedWithTheOuter()
    {
        var pool = new ScratchPool();
        var watch = new CountingWatch(100);
        var outer = new Scratch { Watch = watch };
        outer.Step(60);
        var inner = pool.Rent(outer);
        inner.Step(30);
        inner.Reset();
        Assert.Equal(0, watch.Looks);
        inner.Step(11);
        Assert.Equal(1, watch.Looks);
        inner.Step(60);
        pool.Return(inner);
        outer.Step(41);
        Assert.Equal(2, watch.Looks);
    }

    [Fact]
    public void Inner_ThatWasGivenBack_BelongsToNobody()
    {
        var pool = new ScratchPool();
        var watch = new CountingWatch(0);
        var inner = pool.Rent(new Scratch { Watch = watch });
        pool.Return(inner);
        Assert.Same(inner, pool.Rent());
        inner.Step(1);
        Assert.Null(inner.Watch);
        Assert.Equal(0, watch.Looks);
    }

    [Fact]
    public void Steps_AreStep()
    {
        var watch = new CountingWatch(1);
        var scratch = new Scratch { Watch = watch };
        scratch.Steps(2);
        Assert.Equal(1, watch.Looks);
        Assert.Same(scratch.Steps, scratch.Steps);
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
