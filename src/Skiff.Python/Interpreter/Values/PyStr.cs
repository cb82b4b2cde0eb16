using System.Text;
using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary>
/// A str: a stretch of UTF-8 bytes and how many code points it has. Where the two are equal it is ASCII, and a position is a byte.
/// The bytes are shared by slices and never change; the header is pooled by the call that made it.
/// </summary>
internal sealed class PyStr() : PyObject(PyKind.Str)
{
    private const int Stride = 32;

    private static readonly PyStr[] Ascii128 = MakeAscii();

    public byte[] Data = [];
    public int Offset;
    public int Length;
    public int Count;

    /// <summary>Where the last append left room behind this text, the shared tail; see <see cref="StrArena.Concat"/>.</summary>
    public StrTail? Tail;

    /// <summary>What a module worked out from this text when it was used as a pattern or a template.</summary>
    public object? Memo;

    private int _hash;
    private int[]? _index;

    public static PyStr Empty { get; } = FromBytes([]);

    public bool IsAscii => Count == Length;

    public ReadOnlySpan<byte> Span => new(Data, Offset, Length);

    public static PyStr Literal(string text) => FromBytes(Utf8.GetBytes(text));

    /// <summary>A text on its own memory, outside any call's pool.</summary>
    public static PyStr FromBytes(byte[] bytes)
        => new() { Data = bytes, Length = bytes.Length, Count = CountOf(bytes) };

    public static PyStr OfAscii(int character) => Ascii128[character];

    public static int CountOf(ReadOnlySpan<byte> bytes) => Ascii.IsValid(bytes) ? bytes.Length : Utf8.CountCodePoints(bytes);

    public void Reset(byte[] data, int offset, int length, int count)
    {
        Data = data;
        Offset = offset;
        Length = length;
        Count = count;
        Tail = null;
        Memo = null;
        _hash = 0;
        _index = null;
    }

    public bool Same(PyStr other) => ReferenceEquals(this, other) || (Count == other.Count && Span.SequenceEqual(other.Span));

    public bool Same(string ascii)
    {
        if (ascii.Length != Length)
        {
            return false;
        }

        return Ascii.Equals(Span, ascii);
    }

    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            var hash = default(HashCode);
            hash.AddBytes(Span);
            var code = hash.ToHashCode();
            _hash = code == 0 ? 1 : code;
        }

        return _hash;
    }

    public override string ToString() => Utf8.GetString(Span);

    /// <summary>The byte, counted from the start of this text, at which a code point begins; <see cref="Count"/> gives the end.</summary>
    public int ByteOf(int position)
    {
        if (IsAscii || position == 0)
        {
            return position;
        }

        if (position >= Count)
        {
            return Length;
        }

        var span = Span;
        var at = 0;
        var seen = 0;
        if (Count > 2 * Stride)
        {
            var index = _index ??= BuildIndex();
            at = index[position / Stride];
            seen = position / Stride * Stride;
        }

        while (seen < position)
        {
            at += Width(span[at]);
            seen++;
        }

        return at;
    }

    /// <summary>The position of the code point that begins at a byte.</summary>
    public int PositionOf(int byteOffset)
        => IsAscii ? byteOffset : CountOf(Span[..byteOffset]);

    /// <summary>How many bytes the code point takes that begins with this one.</summary>
    public static int Width(byte first) => first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    private int[] BuildIndex()
    {
        var index = new int[(Count / Stride) + 1];
        var span = Span;
        var at = 0;
        for (var position = 0; position < Count; position++)
        {
            if (position % Stride == 0)
            {
                index[position / Stride] = at;
            }

            at += Width(span[at]);
        }

        if (Count % Stride == 0)
        {
            index[Count / Stride] = at;
        }

        return index;
    }

    private static PyStr[] MakeAscii()
    {
        var all = new PyStr[128];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = FromBytes([(byte)i]);
        }

        return all;
    }
}

/// <summary>The memory behind a text that is being appended to, and how much of it is taken.</summary>
internal sealed class StrTail(byte[] data, int used)
{
    public readonly byte[] Data = data;
    public int Used = used;
}

/// <summary>A bytes object.</summary>
internal sealed class PyBytes(byte[] data) : PyObject(PyKind.Bytes)
{
    public readonly byte[] Data = data;
}
