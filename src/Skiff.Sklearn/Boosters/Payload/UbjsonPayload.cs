using System.Buffers.Binary;
using System.Text;

namespace Skiff.Sklearn;

/// <summary>Reads a UBJSON document into objects: the subset that xgboost writes, all of it big-endian.</summary>
/// <remarks>
/// xgboost 3.3, <c>src/common/json.cc</c>, <c>UBJReader</c>: lengths and counts are 64-bit integers behind an <c>L</c>; arrays of one type give it
/// behind a <c>$</c>, and counted arrays have no end. Every length is compared with what is left before anything is made for it.
/// </remarks>
internal ref struct UbjsonPayload
{
    private readonly PayloadBuilder _builder = new();
    private readonly Stack<long> _left = new();
    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;

    private UbjsonPayload(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads a document.</summary>
    /// <exception cref="PayloadException">It is not UBJSON, or no object.</exception>
    public static PayloadObject Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new UbjsonPayload(bytes);
        do
        {
            reader.Step();
        }
        while (reader._builder.Depth > 0);
        return reader._builder.Root ?? throw new PayloadException("the document is empty");
    }

    // One value, one key with its value's beginning, or one end. Of a counted list, what is left of it is kept beside it.
    private void Step()
    {
        if (_left.TryPeek(out var left) && left == 0)
        {
            Close();
            return;
        }

        var marker = Byte();
        if (_builder.IsInObject)
        {
            if (marker == '}')
            {
                Close();
                return;
            }

            _at--;
            _builder.Key = Text();
            marker = Byte();
        }
        else if (left < 0 && marker == ']')
        {
            Close();
            return;
        }

        if (left > 0)
        {
            _left.Push(_left.Pop() - 1);
        }

        Value(marker);
    }

    private void Value(byte marker)
    {
        switch (marker)
        {
            case (byte)'{':
                _builder.BeginObject();
                _left.Push(-1);
                break;
            case (byte)'[':
                List();
                break;
            case (byte)'S':
                _builder.Add(Text());
                break;
            case (byte)'Z':
                _builder.Add(null);
                break;
            case (byte)'T' or (byte)'F':
                _builder.Add(marker == 'T');
                break;
            case (byte)'d':
                _builder.Add((double)BinaryPrimitives.ReadSingleBigEndian(Take(4)));
                break;
            case (byte)'D':
                _builder.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8)));
                break;
            default:
                _builder.Add(Integer(marker, Take(WidthOf(marker))));
                break;
        }
    }

    private void List()
    {
        if (Peek() == '$')
        {
            _at++;
            var type = Byte();
            _builder.Add(Typed(type, Count(WidthOf(type))));
            return;
        }

        _builder.BeginList();
        _left.Push(Peek() == '#' ? Count(1) : -1);
    }

    private Array Typed(byte type, int count)
    {
        var width = WidthOf(type);
        var cells = Take(count * width);
        switch (type)
        {
            case (byte)'d':
                var singles = new float[count];
                for (var i = 0; i < count; i++)
                {
                    singles[i] = BinaryPrimitives.ReadSingleBigEndian(cells[(i * 4)..]);
                }

                return singles;
            case (byte)'D':
                var doubles = new double[count];
                for (var i = 0; i < count; i++)
                {
                    doubles[i] = BinaryPrimitives.ReadDoubleBigEndian(cells[(i * 8)..]);
                }

                return doubles;
            default:
                var integers = new long[count];
                for (var i = 0; i < count; i++)
                {
                    integers[i] = Integer(type, cells[(i * width)..]);
                }

                return integers;
        }
    }

    private void Close()
    {
        _builder.End();
        _left.Pop();
    }

    // A count behind '#', which as many cells of that width must follow.
    private int Count(int width)
    {
        if (Byte() != '#')
        {
            throw Malformed("an array of one type has no count");
        }

        return Length(width);
    }

    private int Length(int width)
    {
        var marker = Byte();
        var length = Integer(marker, Take(WidthOf(marker)));
        return length >= 0 && length <= (_bytes.Length - _at) / width ? (int)length : throw Malformed($"a length of {length} is more than there is");
    }

    private string Text()
    {
        var bytes = Take(Length(1));
        return Encoding.UTF8.GetString(bytes);
    }

    private static int WidthOf(byte type) => type switch
    {
        (byte)'i' or (byte)'U' or (byte)'C' => 1,
        (byte)'I' => 2,
        (byte)'l' or (byte)'d' => 4,
        (byte)'L' or (byte)'D' => 8,
        _ => throw new PayloadException($"the document has a value of the unknown type {type}"),
    };

    private static long Integer(byte type, ReadOnlySpan<byte> cell) => type switch
    {
        (byte)'i' => (sbyte)cell[0],
        (byte)'U' or (byte)'C' => cell[0],
        (byte)'I' => BinaryPrimitives.ReadInt16BigEndian(cell),
        (byte)'l' => BinaryPrimitives.ReadInt32BigEndian(cell),
        (byte)'L' => BinaryPrimitives.ReadInt64BigEndian(cell),
        _ => throw new PayloadException("the document has a number where a length is expected"),
    };

    private byte Peek() => _at < _bytes.Length ? _bytes[_at] : throw Malformed("it ends too early");

    private byte Byte()
    {
        var value = Peek();
        _at++;
        return value;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _at)
        {
            throw Malformed("it ends too early");
        }

        var taken = _bytes.Slice(_at, count);
        _at += count;
        return taken;
    }

    private PayloadException Malformed(string what) => new($"the document is not UBJSON: {what} (at byte {_at})");
}
