using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Skiff.TestKit.Pickles;

/// <summary>
/// Writes pickles opcode by opcode, and values as Python's pickler writes them: nulls, booleans, integers, floats, texts, bytes, tuples
/// (<c>object[]</c>), lists (<c>List</c>), dicts (<c>Dictionary</c>) and what <see cref="PickleValue"/> makes.
/// </summary>
public sealed class PickleAssembler
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Dictionary<PickleShared, uint> _memo = new(ReferenceEqualityComparer.Instance);

    /// <summary>The bytes so far.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>A whole pickle of protocol 3 whose value is <paramref name="root"/>.</summary>
    public static byte[] Whole(object? root) => new PickleAssembler().Raw(0x80, 3).Value(root).Raw('.').ToArray();

    /// <summary>Writes bytes as they are.</summary>
    public PickleAssembler Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Writes an opcode that is a letter.</summary>
    public PickleAssembler Raw(char opcode) => Raw((byte)opcode);

    /// <summary>Writes the text of an old protocol, byte for character.</summary>
    public PickleAssembler Ascii(string text) => Raw(Encoding.Latin1.GetBytes(text));

    /// <summary>Writes an opcode again and again.</summary>
    public PickleAssembler Repeat(int count, params ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < count; i++)
        {
            _bytes.Write(bytes);
        }

        return this;
    }

    /// <summary>Writes a value.</summary>
    public PickleAssembler Value(object? value) => value switch
    {
        null => Raw('N'),
        bool flag => Raw(flag ? (byte)0x88 : (byte)0x89),
        int number => Raw('J').Little(number),
        long number => Raw(0x8A, sizeof(long)).Little(number),
        double number => Raw('G').Big(number),
        string text => Raw('X').Counted(Encoding.UTF8.GetBytes(text)),
        byte[] bytes => Raw('B').Counted(bytes),
        object?[] tuple => Items('(', tuple).Raw('t'),
        List<object?> list => Raw(']').Items('(', list).Raw('e'),
        Dictionary<string, object?> dict => Raw('}').Items('(', dict.SelectMany(entry => new[] { entry.Key, entry.Value })).Raw('u'),
        PickleName name => Ascii($"c{name.Module}\n{name.Name}\n"),
        PickleCall call => Call(call),
        PickleShared shared => Shared(shared),
        Action<PickleAssembler> write => Written(write),
        _ => throw new ArgumentException($"No pickle is written of a {value.GetType()}.", nameof(value)),
    };

    private PickleAssembler Call(PickleCall call)
    {
        Value(call.Callee).Value(call.Arguments).Raw(call.IsNew ? (byte)0x81 : (byte)'R');
        return call.State is null ? this : Value(call.State).Raw('b');
    }

    private PickleAssembler Shared(PickleShared shared)
    {
        if (_memo.TryGetValue(shared, out var known))
        {
            return Raw('j').Little((int)known);
        }

        var number = (uint)_memo.Count;
        _memo.Add(shared, number);
        return Value(shared.Value).Raw('r').Little((int)number);
    }

    private PickleAssembler Written(Action<PickleAssembler> write)
    {
        write(this);
        return this;
    }

    private PickleAssembler Items(char mark, IEnumerable<object?> items)
    {
        Raw(mark);
        foreach (var item in items)
        {
            Value(item);
        }

        return this;
    }

    private PickleAssembler Counted(byte[] bytes) => Little(bytes.Length).Raw(bytes);

    private PickleAssembler Little(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    private PickleAssembler Little(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(bytes);
    }

    private PickleAssembler Big(double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return Raw(bytes);
    }
}
