using System.Collections.Concurrent;

namespace Skiff.Models;

/// <summary>Keeps <see cref="Scratch"/> memory between calls, about one for each call that runs at the same time.</summary>
public sealed class ScratchPool
{
    private readonly ConcurrentQueue<Scratch> _idle = new();
    private readonly int _kept = Environment.ProcessorCount * 4;
    private Scratch? _first;
    private int _count;

    /// <summary>The pool that everything in a process may share.</summary>
    public static ScratchPool Shared { get; } = new();

    /// <summary>Takes working memory; <see cref="Return"/> gives it back.</summary>
    public Scratch Rent()
    {
        var first = Interlocked.Exchange(ref _first, null);
        if (first is not null)
        {
            return first;
        }

        if (_idle.TryDequeue(out var scratch))
        {
            Interlocked.Decrement(ref _count);
            return scratch;
        }

        return new Scratch();
    }

    /// <summary>Takes more working memory for a call that has some: what may end the call ends what is done in this one, too.</summary>
    /// <param name="outer">What the call has.</param>
    public Scratch Rent(Scratch outer)
    {
        ArgumentNullException.ThrowIfNull(outer);
        var scratch = Rent();
        scratch.Join(outer);
        return scratch;
    }

    /// <summary>Gives working memory back, with all that was taken from it.</summary>
    public void Return(Scratch scratch)
    {
        ArgumentNullException.ThrowIfNull(scratch);
        scratch.Reset();
        scratch.Leave();
        if (Interlocked.CompareExchange(ref _first, scratch, null) is null)
        {
            return;
        }

        if (Interlocked.Increment(ref _count) <= _kept)
        {
            _idle.Enqueue(scratch);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
