namespace Skiff.ServiceDefaults;

/// <summary>
/// How many requests run at the same time, and how many may wait for their turn. More of them at once than a process can serve make each slower and none
/// faster, and a queue without an end answers nobody in time.
/// </summary>
/// <remarks>
/// The queue finds its own length: it takes as many as will get their turn within the longest wait, by the pace at which turns came free lately, and at
/// least <see cref="QueuedPerTurn"/> for each turn, so that slow work may wait too. Limiters that know only how long a call took must guess from that
/// what it would have taken without a queue; here the two are apart, and nothing is guessed.
/// </remarks>
public sealed class ConcurrencyGate
{
    /// <summary>How many may wait for each turn, however long it takes.</summary>
    public const int QueuedPerTurn = 10;

    // The pace is that of so many turns.
    private const int Memory = 32;

    private readonly int _most;
    private readonly int _longestQueue;
    private readonly TimeSpan _longestWait;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _queue = new();
    private TimeSpan _pace;
    private long _lastTurn;
    private int _taken;
    private volatile int _waiting;

    /// <summary>Makes a gate that nobody has passed.</summary>
    /// <param name="running">How many may run.</param>
    /// <param name="waiting">How many may wait.</param>
    /// <param name="longestWait">How long one should wait at most; <see cref="Timeout.InfiniteTimeSpan"/> where only the number counts.</param>
    /// <param name="time">Where the time comes from.</param>
    public ConcurrencyGate(int running, int waiting, TimeSpan longestWait, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(running);
        ArgumentOutOfRangeException.ThrowIfNegative(waiting);
        ArgumentNullException.ThrowIfNull(time);
        _most = running;
        _longestQueue = waiting;
        _longestWait = longestWait == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : longestWait;
        _time = time;
    }

    /// <summary>How many run.</summary>
    public int Running => Volatile.Read(ref _taken);

    /// <summary>How many wait.</summary>
    public int Waiting => _waiting;

    /// <summary>Whether one more would be refused.</summary>
    public bool IsFull
    {
        get
        {
            if (_waiting == 0)
            {
                return _longestQueue == 0 && Running >= _most;
            }

            lock (_lock)
            {
                return HasNoRoom();
            }
        }
    }

    /// <summary>Takes a turn if one is free and nobody waits.</summary>
    public bool TryEnter() => _waiting == 0 && TryTake();

    /// <summary>Waits for a turn, unless too many wait already.</summary>
    public async Task<GateOutcome> EnterAsync(CancellationToken cancellation)
    {
        LinkedListNode<TaskCompletionSource<bool>> node;
        lock (_lock)
        {
            if (HasNoRoom())
            {
                return TryEnter() ? GateOutcome.Entered : GateOutcome.Full;
            }

            if (_queue.Count == 0)
            {
                _lastTurn = _time.GetTimestamp();
            }

            node = _queue.AddLast(new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiting = _queue.Count;
        }

        // A turn may have been given back between the failed TryEnter and the queue.
        Admit();
        try
        {
            await node.Value.Task.WaitAsync(cancellation).ConfigureAwait(false);
            return GateOutcome.Entered;
        }
        catch (OperationCanceledException)
        {
            return Leave(node) ? GateOutcome.GaveUp : GateOutcome.Entered;
        }
    }

    /// <summary>Gives a turn back.</summary>
    public void Exit()
    {
        Interlocked.Decrement(ref _taken);
        if (_waiting > 0)
        {
            Admit();
        }
    }

    private void Admit()
    {
        lock (_lock)
        {
            while (_queue.First is { } first && TryTake())
            {
                _queue.RemoveFirst();
                _waiting = _queue.Count;
                KeepPace();
                first.Value.SetResult(true);
            }
        }
    }

    // By Little's law: who comes last waits for those before it, at the pace of late, and for the turn that should come next. Under the lock.
    private bool HasNoRoom()
    {
        if (_queue.Count >= _longestQueue)
        {
            return true;
        }

        return _queue.Count >= (long)QueuedPerTurn * _most && (_queue.Count * _pace) + _time.GetElapsedTime(_lastTurn) > _longestWait;
    }

    // Only while somebody waits is the time between two turns that of the work, and not that of a pause. Under the lock.
    private void KeepPace()
    {
        var now = _time.GetTimestamp();
        var passed = _time.GetElapsedTime(_lastTurn, now);
        _pace = _pace == TimeSpan.Zero ? passed : _pace + ((passed - _pace) / Memory);
        _lastTurn = now;
    }

    private bool TryTake()
    {
        while (true)
        {
            var taken = Volatile.Read(ref _taken);
            if (taken >= _most)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _taken, taken + 1, taken) == taken)
            {
                return true;
            }
        }
    }

    // False where the turn was given in the same moment: then it is taken.
    private bool Leave(LinkedListNode<TaskCompletionSource<bool>> node)
    {
        lock (_lock)
        {
            if (node.List is null)
            {
                return false;
            }

            _queue.Remove(node);
            _waiting = _queue.Count;
            return true;
        }
    }
}
