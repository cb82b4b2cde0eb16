namespace Skiff.ServiceDefaults.Tests;

public sealed class ConcurrencyGateTests
{
    [Fact]
    public async Task EnterAsync_TurnGivenBack_GoesToTheFirstWhoWaits()
    {
        var gate = new ConcurrencyGate(1, 2);
        Assert.True(gate.TryEnter());
        Assert.False(gate.TryEnter());
        var first = gate.EnterAsync(TestContext.Current.CancellationToken);
        var second = gate.EnterAsync(TestContext.Current.CancellationToken);
        Assert.Equal(GateOutcome.Full, await gate.EnterAsync(TestContext.Current.CancellationToken));
        gate.Exit();
        Assert.Equal(GateOutcome.Entered, await first);
        Assert.False(second.IsCompleted);
        gate.Exit();
        Assert.Equal(GateOutcome.Entered, await second);
        gate.Exit();
        Assert.Equal(0, gate.Running);
        Assert.True(gate.TryEnter());
    }

    [Fact]
    public async Task EnterAsync_Cancelled_LeavesTheQueue()
    {
        var gate = new ConcurrencyGate(1, 1);
        Assert.True(gate.TryEnter());
        using var cancel = new CancellationTokenSource();
        var waiting = gate.EnterAsync(cancel.Token);
        await cancel.CancelAsync();
        Assert.Equal(GateOutcome.GaveUp, await waiting);
        Assert.Equal(0, gate.Waiting);
        gate.Exit();
        Assert.True(gate.TryEnter());
    }

    [Fact]
    public async Task EnterAsync_ManyAtOnce_NeverMoreThanMayRun()
    {
        var gate = new ConcurrencyGate(3, 10_000);
        var running = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => Task.Run(async () =>
        {
            if (!gate.TryEnter())
            {
                Assert.Equal(GateOutcome.Entered, await gate.EnterAsync(TestContext.Current.CancellationToken));
            }

            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            gate.Exit();
        })));
        Assert.True(most <= 3);
        Assert.Equal((0, 0), (gate.Running, gate.Waiting));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
