using System.Buffers;

namespace Skiff.Gateway;

/// <summary>Bytes that grow, in memory that is given back.</summary>
internal sealed class PooledBytes : IDisposable
{
    private const int First = 4096;
    private byte[] _bytes = [];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    internal ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Where more can be written.</summary>
    /// <param name="least">How much there must be room for.</param>
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

    /// <inheritdoc/>
    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        Length = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Grow(int needed)
    {
        if (needed <= _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(First, (int)Math.Min(2L * _bytes.Length, Array.MaxLength))));
        Written.CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
