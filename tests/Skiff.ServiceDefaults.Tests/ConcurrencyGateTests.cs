using Skiff.TestKit;

namespace Skiff.ServiceDefaults.Tests;

public sealed class ConcurrencyGateTests
{
    [Theory]
    [InlineData(0, 1, "running")]
    [InlineData(-1, 1, "running")]
    [InlineData(1, -1, "waiting")]
    public void Constructor_NumberThatIsNone_IsRefused(int running, int waiting, string parameter) =>
        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => Make(running, waiting));

    [Fact]
    public void Constructor_NoTime_IsRefused() =>
        Assert.Throws<ArgumentNullException>("time", () => new ConcurrencyGate(1, 1, Timeout.InfiniteTimeSpan, null!));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task EnterAsync_TurnIsFree_IsTakenAtOnce(int mayWait)
    {
        var gate = Make(1, mayWait);
        var entering = gate.EnterAsync(TestContext.Current.CancellationToken);
        Assert.True(entering.IsCompleted);
        Assert.Equal(GateOutcome.Entered, await entering);
        Assert.Equal((1, 0), (gate.Running, gate.Waiting));
    }

    [Fact]
    public async Task EnterAsync_TurnGivenBack_GoesToTheFirstWhoWaits()
    {
        var gate = Make(1, 2);
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
        var gate = Make(1, 1);
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
    public async Task EnterAsync_TurnGivenAsItIsCancelled_IsTakenOrPassedOn()
    {
        var gate = Make(1, 1);
        Assert.True(gate.TryEnter());
        using var cancel = new CancellationTokenSource();
        var waiting = gate.EnterAsync(cancel.Token);

        // Callbacks run from the last to the first: the turn is given before the wait hears that it is cancelled.
        await using var giving = cancel.Token.Register(gate.Exit);
        await cancel.CancelAsync();
        var running = await waiting == GateOutcome.Entered ? 1 : 0;
        Assert.Equal((running, 0), (gate.Running, gate.Waiting));
    }

    [Fact]
    public async Task EnterAsync_ManyAtOnce_NeverMoreThanMayRun()
    {
        var gate = Make(3, 10_000);
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

    [Theory]
    [InlineData(1, 50)] // At the pace of one in 1 ms the queue takes what gets its turn within 50 ms,
    [InlineData(2, 25)]
    [InlineData(5, 10)]
    [InlineData(400, 10)] // and always ten for each turn, however slow they are.
    public async Task EnterAsync_AtAPace_TakesWhatGetsItsTurnInTime(int milliseconds, int expected)
    {
        var time = new ManualTime();
        var gate = new ConcurrencyGate(1, 1000, TimeSpan.FromMilliseconds(50), time);
        Assert.True(gate.TryEnter());
        for (var i = 0; i < 2; i++)
        {
            var next = gate.EnterAsync(TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            gate.Exit();
            Assert.Equal(GateOutcome.Entered, await next);
        }

        var waiting = new List<Task<GateOutcome>>();
        while (!gate.IsFull)
        {
            waiting.Add(gate.EnterAsync(TestContext.Current.CancellationToken));
        }

        // One more than fits is the first that is expected to wait too long.
        Assert.InRange(waiting.Count, expected, expected + 1);
        Assert.Equal(GateOutcome.Full, await gate.EnterAsync(TestContext.Current.CancellationToken));
        foreach (var turn in waiting)
        {
            Assert.False(turn.IsCompleted);
            gate.Exit();
            Assert.Equal(GateOutcome.Entered, await turn);
        }

        Assert.False(gate.IsFull);
    }

    [Fact]
    public async Task EnterAsync_OneTurnTookLong_MovesThePaceByItsShareOnly()
    {
        var time = new ManualTime();
        var gate = new ConcurrencyGate(1, 1000, TimeSpan.FromMilliseconds(50), time);
        Assert.True(gate.TryEnter());
        foreach (var milliseconds in (int[])[1, 33]) // 1 ms, and a 32nd of the 32 ms more.
        {
            var next = gate.EnterAsync(TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            gate.Exit();
            Assert.Equal(GateOutcome.Entered, await next);
        }

        while (!gate.IsFull)
        {
            _ = gate.EnterAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(26, gate.Waiting); // 25 at 2 ms each, and the first that is expected to wait too long.
    }

    [Fact]
    public void EnterAsync_SeveralTurns_TenMayWaitForEach()
    {
        var time = new ManualTime();
        var gate = new ConcurrencyGate(3, 1000, TimeSpan.FromMilliseconds(50), time);
        Assert.True(gate.TryEnter() && gate.TryEnter() && gate.TryEnter());
        _ = gate.EnterAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(1));
        while (!gate.IsFull)
        {
            _ = gate.EnterAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(30, gate.Waiting);
    }

    [Fact]
    public async Task EnterAsync_NoTurnCameForLong_IsFullUntilOneDoes()
    {
        var time = new ManualTime();
        var gate = new ConcurrencyGate(1, 1000, TimeSpan.FromMilliseconds(50), time);
        Assert.True(gate.TryEnter());
        var waiting = Enumerable.Range(0, 11).Select(_ => gate.EnterAsync(TestContext.Current.CancellationToken)).ToList();
        Assert.False(gate.IsFull);
        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.False(gate.IsFull);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(gate.IsFull);
        gate.Exit();
        Assert.Equal(GateOutcome.Entered, await waiting[0]);
        Assert.True(gate.IsFull); // Ten wait, and the last turn took 51 ms.
        gate.Exit();
        Assert.False(gate.IsFull); // Nine.
    }

    [Fact]
    public async Task EnterAsync_WithoutALongestWait_CountsOnly()
    {
        var time = new ManualTime();
        var gate = new ConcurrencyGate(1, 20, Timeout.InfiniteTimeSpan, time);
        Assert.True(gate.TryEnter());
        var waiting = Enumerable.Range(0, 20).Select(_ => gate.EnterAsync(TestContext.Current.CancellationToken)).ToList();
        time.Advance(TimeSpan.FromDays(1));
        gate.Exit();
        Assert.Equal(GateOutcome.Entered, await waiting[0]);
        Assert.False(gate.IsFull);
        _ = gate.EnterAsync(TestContext.Current.CancellationToken);
        Assert.True(gate.IsFull);
    }

    [Fact]
    public void IsFull_WithoutAQueue_WhileATurnIsTaken()
    {
        var gate = Make(1, 0);
        Assert.False(gate.IsFull);
        Assert.True(gate.TryEnter());
        Assert.True(gate.IsFull);
        gate.Exit();
        Assert.False(gate.IsFull);
    }

    private static ConcurrencyGate Make(int running, int waiting) => new(running, waiting, Timeout.InfiniteTimeSpan, TimeProvider.System);

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
