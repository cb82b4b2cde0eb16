using System.Diagnostics;

namespace Skiff.Numerics;

/// <summary>
/// A growable run of bytes that keeps its memory between uses. Text inside Skiff is UTF-8, with lone surrogates encoded as
/// Python's <c>surrogatepass</c> does (three bytes, <c>ED A0..BF xx</c>).
/// </summary>
/// <remarks>Not thread-safe: each belongs to one piece of work at a time.</remarks>
public sealed class ByteBuffer
{
    private const int Least = 256;

    private byte[] _bytes;
    private int _length;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="capacity">Bytes it can take before it grows.</param>
    public ByteBuffer(int capacity = Least)
    {
        _bytes = new byte[capacity];
    }

    /// <summary>Bytes written so far.</summary>
    public int Length => _length;

    /// <summary>Bytes it can hold before it grows.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>What has been written. Valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Clear() => _length = 0;

    /// <summary>Cuts what was written back to its first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        Debug.Assert(length <= _length);
        _length = length;
    }

    /// <summary>Appends one byte.</summary>
    public void Append(byte value)
    {
        if (_length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[_length++] = value;
    }

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> values)
    {
        values.CopyTo(GetSpan(values.Length));
        _length += values.Length;
    }

    /// <summary>Appends one code point as UTF-8; a surrogate is encoded by itself.</summary>
    public void AppendCodePoint(int codePoint)
    {
        if (codePoint < 0x80)
        {
            Append((byte)codePoint);
            return;
        }

        _length += Utf8.Encode(codePoint, GetSpan(4));
    }

    /// <summary>Room for at least <paramref name="sizeHint"/> bytes after what was written; <see cref="Advance"/> counts them.</summary>
    public Span<byte> GetSpan(int sizeHint)
    {
        if (_bytes.Length - _length < sizeHint)
        {
            Grow(sizeHint);
        }

        return _bytes.AsSpan(_length);
    }

    /// <summary>Makes room for so many bytes in all, and no more than that where it has to grow.</summary>
    public void EnsureCapacity(int capacity)
    {
        if (capacity > _bytes.Length)
        {
            Array.Resize(ref _bytes, capacity);
        }
    }

    /// <summary>Counts bytes that were written into <see cref="GetSpan"/>.</summary>
    public void Advance(int count)
    {
        Debug.Assert(count <= _bytes.Length - _length);
        _length += count;
    }

    /// <summary>Gives memory above <paramref name="maximumCapacity"/> back, after one large use.</summary>
    public void Trim(int maximumCapacity)
    {
        if (_bytes.Length > maximumCapacity)
        {
            // Nothing is allocated for it: it may be memory that has run out.
            _bytes = [];
            _length = 0;
        }
    }

    private void Grow(int more) => Array.Resize(ref _bytes, checked(Math.Max(Math.Max(_bytes.Length * 2, _length + more), Least)));
}
