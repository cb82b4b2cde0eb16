using System.Buffers.Binary;

namespace Skiff.Pickle;

/// <summary>The bytes of a pickle: a buffer over a stream that knows where it is and gives nothing that is not there.</summary>
internal sealed class PickleInput
{
    /// <summary>The longest run that <see cref="ReadSpan"/> gives.</summary>
    public const int BufferSize = 64 << 10;

    /// <summary>What is taken at a time on the word of a length that cannot be checked; it doubles as bytes really come.</summary>
    private const int FirstPiece = 1 << 20;

    private readonly Stream _stream;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
    private readonly long _length;
    private readonly long _limit;
    private readonly CancellationToken _cancellation;
    private int _position;
    private int _end;
    private long _start;

    /// <summary>Reads from where the stream stands.</summary>
    /// <param name="stream">The stream, inflated.</param>
    /// <param name="length">How many bytes it has from here, or -1 where that is not known.</param>
    /// <param name="options">Of these the total.</param>
    /// <param name="cancellation">Checked at every refill.</param>
    public PickleInput(Stream stream, long length, PickleOptions options, CancellationToken cancellation)
    {
        _stream = stream;
        _length = length;
        _limit = options.MaxTotalBytes;
        _cancellation = cancellation;
    }

    /// <summary>Where the next byte is.</summary>
    public long Offset => _start + _position;

    /// <summary>Whether lengths that a file claims can be checked before anything is allocated.</summary>
    public bool IsLengthKnown => _length >= 0;

    public byte ReadByte()
    {
        if (_position == _end)
        {
            Refill();
        }

        return _buffer[_position++];
    }

    /// <summary>The next byte, or -1 at the end.</summary>
    public int PeekByte() => _position < _end || TryRefill() ? _buffer[_position] : -1;

    /// <summary>A run of bytes, valid until the next read.</summary>
    /// <param name="count">At most <see cref="BufferSize"/>.</param>
    public ReadOnlySpan<byte> ReadSpan(int count)
    {
        while (_end - _position < count)
        {
            Refill();
        }

        _position += count;
        return _buffer.AsSpan(_position - count, count);
    }

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(ReadSpan(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(ReadSpan(4));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(ReadSpan(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(ReadSpan(8));

    /// <summary>Fills the destination, past the buffer where it is large.</summary>
    public void ReadExactly(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            if (_position == _end && destination.Length >= BufferSize)
            {
                _cancellation.ThrowIfCancellationRequested();
                var read = _stream.Read(destination);
                _start += _end + read;
                _position = _end = 0;
                CheckRead(read);
                destination = destination[read..];
                continue;
            }

            if (_position == _end)
            {
                Refill();
            }

            var count = Math.Min(destination.Length, _end - _position);
            _buffer.AsSpan(_position, count).CopyTo(destination);
            _position += count;
            destination = destination[count..];
        }
    }

    /// <summary>A byte string of its own memory, which grows as the bytes come.</summary>
    public byte[] ReadBytes(long count)
    {
        CheckAvailable(count);
        if (count > Array.MaxLength)
        {
            throw new PickleException($"{count} bytes in one piece are more than this program can hold", Offset);
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)(IsLengthKnown ? count : Math.Min(count, FirstPiece)));
        ReadExactly(bytes);
        while (bytes.Length < count)
        {
            var filled = bytes.Length;
            Array.Resize(ref bytes, (int)Math.Min(count, filled * 2L));
            ReadExactly(bytes.AsSpan(filled));
        }

        return bytes;
    }

    /// <summary>How many of so many bytes may be taken in one piece, when so many have come already.</summary>
    public long NextPiece(long count, long come) => IsLengthKnown ? count : Math.Min(count, Math.Max(FirstPiece, come));

    /// <summary>Refuses a length that the stream is known not to hold.</summary>
    public void CheckAvailable(long count)
    {
        if (IsLengthKnown && count > _length - Offset)
        {
            throw new PickleException($"The file is cut short: {count} bytes should follow, {_length - Offset} do", Offset);
        }
    }

    /// <summary>A line without its end, valid until the next read.</summary>
    /// <param name="limit">How many bytes it may have.</param>
    public ReadOnlySpan<byte> ReadLine(int limit)
    {
        byte[]? line = null;
        var length = 0;
        while (true)
        {
            if (_position == _end)
            {
                Refill();
            }

            var rest = _buffer.AsSpan(_position, _end - _position);
            var end = rest.IndexOf((byte)'\n');
            var part = end < 0 ? rest : rest[..end];
            if (length + part.Length > limit)
            {
                throw new PickleException($"A line is longer than {limit} bytes", Offset);
            }

            _position += part.Length + (end < 0 ? 0 : 1);
            if (end >= 0 && line is null)
            {
                return part;
            }

            if (line is null || line.Length < length + part.Length)
            {
                Array.Resize(ref line, Math.Max(length + part.Length, length * 2));
            }

            part.CopyTo(line.AsSpan(length));
            length += part.Length;
            if (end >= 0)
            {
                return line.AsSpan(0, length);
            }
        }
    }

    private void Refill()
    {
        if (!TryRefill())
        {
            throw new PickleException("The file is cut short: it ends before the pickle does", _start + _end);
        }
    }

    private bool TryRefill()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_position > 0)
        {
            _buffer.AsSpan(_position, _end - _position).CopyTo(_buffer);
            _start += _position;
            _end -= _position;
            _position = 0;
        }

        var read = _stream.Read(_buffer.AsSpan(_end));
        _end += read;
        if (_start + _end > _limit)
        {
            throw new PickleException($"The file has more than {_limit} bytes (PickleOptions.MaxTotalBytes)", _limit);
        }

        return read > 0;
    }

    private void CheckRead(int read)
    {
        if (read == 0)
        {
            throw new PickleException("The file is cut short: it ends within an array", _start);
        }

        if (_start > _limit)
        {
            throw new PickleException($"The file has more than {_limit} bytes (PickleOptions.MaxTotalBytes)", _limit);
        }
    }
}
