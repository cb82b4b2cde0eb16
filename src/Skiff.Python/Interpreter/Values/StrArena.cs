namespace Skiff.Python.Interpreter;

/// <summary>
/// The texts of one call. Small ones come from memory that the next call uses again, which is sound because nothing a call makes outlives it:
/// answers are copied out and what a module holds is frozen. What does not fit is left to the garbage collector.
/// </summary>
internal sealed class StrArena
{
    private const int ChunkBytes = 16 * 1024;
    private const int LargestPooled = 1024;
    private const int MaximumHeaders = 2048;
    private const int AppendFrom = 256;

    private readonly byte[] _chunk = new byte[ChunkBytes];
    private PyStr[] _headers = new PyStr[32];
    private int _headersUsed;
    private int _chunkUsed;
    private readonly bool _pooled;

    /// <summary>Makes an arena; one that is not pooled makes texts that may live on, for what a module computes when it is loaded.</summary>
    public StrArena(bool pooled)
    {
        _pooled = pooled;
    }

    /// <summary>Takes everything back. No text made since the last time may be looked at again.</summary>
    public void Reset()
    {
        for (var i = 0; i < _headersUsed; i++)
        {
            _headers[i].Reset([], 0, 0, 0);
        }

        _headersUsed = 0;
        _chunkUsed = 0;
    }

    public PyStr Copy(ReadOnlySpan<byte> bytes) => Copy(bytes, PyStr.CountOf(bytes));

    public PyStr Copy(ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.IsEmpty)
        {
            return PyStr.Empty;
        }

        if (bytes.Length == 1)
        {
            return PyStr.OfAscii(bytes[0]);
        }

        if (!_pooled || bytes.Length > LargestPooled || ChunkBytes - _chunkUsed < bytes.Length)
        {
            var own = Header();
            own.Reset(bytes.ToArray(), 0, bytes.Length, count);
            return own;
        }

        bytes.CopyTo(_chunk.AsSpan(_chunkUsed));
        var header = Header();
        header.Reset(_chunk, _chunkUsed, bytes.Length, count);
        _chunkUsed += bytes.Length;
        return header;
    }

    /// <summary>A stretch of another text, on the same bytes.</summary>
    public PyStr View(PyStr whole, int offset, int length, int count)
    {
        if (length == 0)
        {
            return PyStr.Empty;
        }

        if (length == whole.Length)
        {
            return whole;
        }

        if (length == 1)
        {
            return PyStr.OfAscii(whole.Data[whole.Offset + offset]);
        }

        var header = Header();
        header.Reset(whole.Data, whole.Offset + offset, length, count);
        return header;
    }

    /// <summary>
    /// Two texts as one. Where the left one is long and ends where its memory is still free, only the right one is copied,
    /// so that a text built piece by piece costs what it holds and not its square.
    /// </summary>
    public PyStr Concat(PyStr left, PyStr right)
    {
        var length = left.Length + right.Length;
        var count = left.Count + right.Count;
        if (length < AppendFrom)
        {
            Span<byte> joined = stackalloc byte[AppendFrom];
            left.Span.CopyTo(joined);
            right.Span.CopyTo(joined[left.Length..]);
            return Copy(joined[..length], count);
        }

        var tail = left.Tail;
        if (tail is null || tail.Used != left.Offset + left.Length || tail.Data.Length - tail.Used < right.Length)
        {
            tail = new StrTail(new byte[checked(length * 2)], left.Length);
            left.Span.CopyTo(tail.Data);
            right.Span.CopyTo(tail.Data.AsSpan(left.Length));
            tail.Used = length;
            return new PyStr { Data = tail.Data, Length = length, Count = count, Tail = tail };
        }

        right.Span.CopyTo(tail.Data.AsSpan(tail.Used));
        tail.Used += right.Length;
        return new PyStr { Data = tail.Data, Offset = left.Offset, Length = length, Count = count, Tail = tail };
    }

    private PyStr Header()
    {
        if (!_pooled || _headersUsed == MaximumHeaders)
        {
            return new PyStr();
        }

        if (_headersUsed == _headers.Length)
        {
            Array.Resize(ref _headers, _headers.Length * 2);
        }

        return _headers[_headersUsed++] ??= new PyStr();
    }
}
