using System.Buffers.Binary;

namespace Skiff.Fuzz;

/// <summary>Changes inputs the way fuzzers do, in memory of its own; the same seed gives the same inputs.</summary>
internal sealed class Mutator(int seed, List<byte[]> corpus, IReadOnlyList<byte[]> tokens, int longest)
{
    private static readonly long[] Edges =
        [0, 1, -1, 2, 16, 64, 127, 128, 255, 256, 1000, 32767, 32768, 65535, 65536, 1 << 20, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 40];

    private readonly Random _random = new(seed);
    private readonly byte[] _buffer = new byte[longest];
    private int _length;

    /// <summary>The next input, an array of its own: readers may keep it.</summary>
    public byte[] Next()
    {
        var start = Pick();
        _length = Math.Min(start.Length, longest);
        start.AsSpan(0, _length).CopyTo(_buffer);
        for (var i = 1 << _random.Next(4); i > 0; i--)
        {
            Change();
        }

        return _buffer.AsSpan(0, _length).ToArray();
    }

    // What came last leads on most often.
    private byte[] Pick() => _random.Next(3) == 0 ? corpus[corpus.Count - 1 - _random.Next((corpus.Count + 7) / 8)] : corpus[_random.Next(corpus.Count)];

    private void Change()
    {
        if (_length < 2)
        {
            Insert(_length, [(byte)_random.Next(256)]);
            return;
        }

        var at = _random.Next(_length);
        var length = _random.Next(1, Math.Min(_length - at, 32) + 1);
        switch (_random.Next(tokens.Count > 0 ? 13 : 10))
        {
            case 0:
                _buffer[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                _buffer[at] = (byte)_random.Next(256);
                break;
            case 2:
                WriteEdge(at);
                break;
            case 3:
                Remove(at, length);
                break;
            case 4:
                Insert(_random.Next(_length + 1), _buffer.AsSpan(at, length).ToArray());
                break;
            case 5:
                Splice(at);
                break;
            case 6 when _random.Next(4) == 0:
                _length = at;
                break;
            case 7:
                _buffer.AsSpan(at, length).CopyTo(_buffer.AsSpan(_random.Next(_length - length + 1)));
                break;
            case 8:
                ChangeDigits(at);
                break;
            case 9:
                _buffer[at] += (byte)(_random.Next(2) == 0 ? 1 : -1);
                break;
            case >= 10:
                PutToken(at);
                break;
        }
    }

    private void WriteEdge(int at)
    {
        Span<byte> number = stackalloc byte[8];
        var edge = Edges[_random.Next(Edges.Length)];
        if (_random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, edge);
            number = number[..(1 << _random.Next(4))];
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, edge);
            number = number[^(1 << _random.Next(4))..];
        }

        number[..Math.Min(number.Length, _length - at)].CopyTo(_buffer.AsSpan(at));
    }

    private void Splice(int at)
    {
        var other = corpus[_random.Next(corpus.Count)];
        if (other.Length > 0)
        {
            var from = _random.Next(other.Length);
            Insert(at, other.AsSpan(from, Math.Min(other.Length - from, 1 + _random.Next(200))));
        }
    }

    // A number in a text becomes another one.
    private void ChangeDigits(int at)
    {
        while (at < _length && !char.IsAsciiDigit((char)_buffer[at]))
        {
            at++;
        }

        var end = at;
        while (end < _length && char.IsAsciiDigit((char)_buffer[end]))
        {
            end++;
        }

        if (end > at)
        {
            Remove(at, end - at);
            Insert(at, System.Text.Encoding.ASCII.GetBytes(Edges[_random.Next(Edges.Length)].ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    private void PutToken(int at)
    {
        var token = tokens[_random.Next(tokens.Count)];
        if (_random.Next(2) == 0)
        {
            Insert(at, token);
        }
        else
        {
            token.AsSpan(0, Math.Min(token.Length, _length - at)).CopyTo(_buffer.AsSpan(at));
        }
    }

    private void Remove(int at, int length)
    {
        _buffer.AsSpan((at + length).._length).CopyTo(_buffer.AsSpan(at));
        _length -= length;
    }

    private void Insert(int at, ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length <= longest)
        {
            _buffer.AsSpan(at, _length - at).CopyTo(_buffer.AsSpan(at + bytes.Length));
            bytes.CopyTo(_buffer.AsSpan(at));
            _length += bytes.Length;
        }
    }
}
