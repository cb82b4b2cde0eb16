using SharpCompress.Compressors.LZMA;

namespace Skiff.Pickle;

/// <summary>
/// The inflated bytes of an xz file (xz file format 1.2): the container is read here, so that every block's dictionary is judged before it
/// is allocated; the LZMA2 data within is left to SharpCompress. Checksums are passed over.
/// </summary>
/// <param name="compressed">The file, from its first byte.</param>
/// <param name="maxDictionary">How many bytes of dictionary a block may ask for.</param>
internal sealed class XzStream(Stream compressed, long maxDictionary) : ReadOnlyStream
{
    private const int StreamHeaderBytes = 12;
    private const int CheckTypeOffset = 7;
    private const int Lzma2Filter = 0x21;
    private const int LargestSizeCode = 40;
    private const int DefaultDictionaryBits = 11;

    private readonly TallyStream _input = new(compressed);
    private LzmaStream? _block;
    private long _blockStart;
    private int _checkBytes = -1;
    private bool _isAtEnd;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (!_isAtEnd && !buffer.IsEmpty)
        {
            if (_block is null)
            {
                OpenBlock();
                continue;
            }

            var read = _block.Read(buffer);
            if (read > 0)
            {
                return read;
            }

            CloseBlock();
        }

        return 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _block?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void OpenBlock()
    {
        if (_checkBytes < 0)
        {
            Span<byte> header = stackalloc byte[StreamHeaderBytes];
            _input.ReadExactly(header);
            _checkBytes = CheckBytes(header[CheckTypeOffset] & 0x0F);
        }

        // A block's header gives its own length in units of four bytes; a zero there is the index, which ends the data.
        var size = _input.ReadByte();
        if (size <= 0)
        {
            _isAtEnd = true;
            return;
        }

        Span<byte> block = stackalloc byte[(size * 4) + 3];
        _input.ReadExactly(block);
        var code = DictionaryCode(block);
        var dictionary = code == LargestSizeCode ? uint.MaxValue : (2L | (code & 1L)) << ((code / 2) + DefaultDictionaryBits);
        Decoders.PrepareWindow(dictionary, maxDictionary);
        _blockStart = _input.Count;
        _block = LzmaStream.Create([code], _input, -1, -1, null, true, leaveOpen: true);
    }

    private static byte DictionaryCode(ReadOnlySpan<byte> block)
    {
        var flags = block[0];
        if ((flags & 0x3F) != 0)
        {
            throw new InvalidDataException("The xz file uses filters besides LZMA2.");
        }

        var rest = SkipNumber(block[1..], (flags & 0x40) != 0);
        rest = SkipNumber(rest, (flags & 0x80) != 0);
        return rest is [Lzma2Filter, 1, <= LargestSizeCode, ..] ? rest[2] : throw new InvalidDataException("The header of a block is broken.");
    }

    private static ReadOnlySpan<byte> SkipNumber(ReadOnlySpan<byte> bytes, bool isThere)
    {
        if (!isThere)
        {
            return bytes;
        }

        var last = bytes.IndexOfAnyInRange((byte)0, (byte)0x7F);
        return last < 0 ? [] : bytes[(last + 1)..];
    }

    private void CloseBlock()
    {
        _block!.Dispose();
        _block = null;
        var padding = (int)(-(_input.Count - _blockStart) & 3);
        Span<byte> skipped = stackalloc byte[padding + _checkBytes];
        _input.ReadExactly(skipped);
    }

    private static int CheckBytes(int type) => type == 0 ? 0 : 4 << ((type - 1) / 3);

    /// <summary>A buffer that knows how many bytes were taken from it.</summary>
    private sealed class TallyStream(Stream inner) : ReadOnlyStream
    {
        private readonly byte[] _buffer = new byte[64 << 10];
        private int _position;
        private int _end;

        public long Count { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (_position == _end && !Refill())
            {
                return 0;
            }

            var count = Math.Min(buffer.Length, _end - _position);
            _buffer.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            Count += count;
            return count;
        }

        public override int ReadByte()
        {
            if (_position == _end && !Refill())
            {
                return -1;
            }

            Count++;
            return _buffer[_position++];
        }

        private bool Refill()
        {
            _position = 0;
            _end = inner.Read(_buffer);
            return _end > 0;
        }
    }
}
