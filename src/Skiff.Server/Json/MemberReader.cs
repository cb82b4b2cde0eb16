using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>Goes through the members of an object that has been found well formed.</summary>
internal ref struct MemberReader
{
    private readonly ReadOnlySpan<byte> _object;
    private readonly ByteBuffer _names;
    private readonly int _offset;
    private JsonScanner _scanner;
    private bool _more;

    /// <summary>Starts before the first member.</summary>
    /// <param name="text">The text.</param>
    /// <param name="span">The object in it.</param>
    /// <param name="names">For names with escapes.</param>
    internal MemberReader(ReadOnlySpan<byte> text, JsonSpan span, ByteBuffer names)
    {
        _object = span.Of(text);
        _names = names;
        _offset = span.Start;
        _scanner = new JsonScanner(_object);
        _more = _scanner.Enter((byte)'}');
    }

    /// <summary>Reads the next member.</summary>
    /// <param name="name">Its name, valid until the next.</param>
    /// <param name="value">Where its value is in the text.</param>
    internal bool MoveNext(out ReadOnlySpan<byte> name, out JsonSpan value)
    {
        name = default;
        value = default;
        if (!_more)
        {
            return false;
        }

        _scanner.ReadName(out var raw);
        _scanner.ReadValue(out var inner);
        _scanner.ReadSeparator((byte)'}', out _more);
        name = JsonText.Unescape(raw.Of(_object), _names);
        value = new JsonSpan(_offset + inner.Start, inner.Length, inner.Kind);
        return true;
    }
}
