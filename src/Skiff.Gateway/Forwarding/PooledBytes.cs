using System.Buffers;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>Bytes that grow, in memory that is given back.</summary>
/// <param name="budget">What they may take; null where they are few.</param>
internal sealed class PooledBytes(BufferBudget? budget = null) : IDisposable
{
    // Not counted: nearly all requests and answers are smaller, and there are no more of them than may run at the same time.
    private const int First = 4096;
    private byte[] _bytes = [];
    private bool _isAbandoned;

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    internal ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Where more can be written.</summary>
    /// <param name="least">How much there must be room for.</param>
    /// <exception cref="BufferFullException">The budget is spent.</exception>
    internal Memory<byte> Free(int least = 1)
    {
        Grow(Length + least);
        return _bytes.AsMemory(Length);
    }

    internal void Advance(int count) => Length += count;

    internal void Append(in ReadOnlySequence<byte> bytes)
    {
        var length = checked((int)bytes.Length);
        Grow(Length + length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += length;
    }

    internal void Clear() => Length = 0;

    /// <summary>Leaves the memory to the garbage collector: somebody may still read it.</summary>
    internal void Abandon() => _isAbandoned = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        budget?.Return(Counted(_bytes));
        Length = 0;
        Replace([]);
    }

    // What there is above the first few.
    private static int Counted(byte[] bytes) => Math.Max(0, bytes.Length - First);

    private void Grow(int needed)
    {
        if (needed <= _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(First, (int)Math.Min(2L * _bytes.Length, Array.MaxLength))));
        if (budget?.TryTake(Counted(larger) - Counted(_bytes)) is false)
        {
            ArrayPool<byte>.Shared.Return(larger);
            throw new BufferFullException();
        }

        Written.CopyTo(larger);
        Replace(larger);
    }

    private void Replace(byte[] bytes)
    {
        if (_bytes.Length > 0 && !_isAbandoned)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = bytes;
    }
}
