namespace Skiff.ServiceDefaults;

/// <summary>
/// How many requests run at the same time, and how many may wait for their turn. More of them at once than a process can serve make each slower and none
/// faster, and a queue without an end answers nobody in time.
/// </summary>
/// <param name="running">How many may run.</param>
/// <param name="waiting">How many may wait.</param>
public sealed class ConcurrencyGate(int running, int waiting)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _queue = new();
    private int _taken;
    private volatile int _waiting;

    /// <summary>How many run.</summary>
    public int Running => Volatile.Read(ref _taken);

    /// <summary>How many wait.</summary>
    public int Waiting => _waiting;

    /// <summary>Takes a turn if one is free and nobody waits.</summary>
    public bool TryEnter()
    {
        while (_waiting == 0)
        {
            var taken = Volatile.Read(ref _taken);
            if (taken >= running)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _taken, taken + 1, taken) == taken)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Waits for a turn, unless too many wait already.</summary>
    public async Task<GateOutcome> EnterAsync(CancellationToken cancellation)
    {
        LinkedListNode<TaskCompletionSource<bool>> node;
        lock (_lock)
        {
            if (_queue.Count >= waiting)
            {
                return TryEnter() ? GateOutcome.Entered : GateOutcome.Full;
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
                first.Value.SetResult(true);
            }
        }
    }

    private bool TryTake()
    {
        while (true)
        {
            var taken = Volatile.Read(ref _taken);
            if (taken >= running)
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
