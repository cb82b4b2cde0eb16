using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Skiff.Models;

/// <summary>
/// Reads JSON by CPython's grammar (<c>Modules/_json.c</c> of 3.14), which is what clients of the Python service were measured by: <c>NaN</c>,
/// <c>Infinity</c> and lone surrogates are taken, and what is refused is refused with the same words at the same place.
/// </summary>
/// <remarks>
/// <see cref="System.Text.Json.Utf8JsonReader"/> knows neither, and two readers would be two opinions on one text. This one judges a value by skipping it;
/// what it has accepted, <see cref="JsonText"/> and <see cref="JsonNumber"/> read without judging again.
/// </remarks>
/// <param name="text">The text, found to be UTF-8, without a mark of the byte order; lone surrogates may be three bytes.</param>
internal ref struct JsonScanner(ReadOnlySpan<byte> text)
{
    /// <summary>How deep arrays and objects may be nested.</summary>
    internal const int MaximumDepth = 512;

    private static readonly SearchValues<byte> EndsOfRun = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(i => (byte)i)]);

    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Where the next byte is read.</summary>
    internal int Position { get; private set; }

    /// <summary>What was wrong, once a method has answered false.</summary>
    internal JsonError Error { get; private set; }

    /// <summary>The byte at which it was wrong.</summary>
    internal int ErrorPosition { get; private set; }

    /// <summary>What the value at the next byte claims to be.</summary>
    internal readonly JsonKind Kind => Position == _text.Length ? JsonKind.Absent : _text[Position] switch
    {
        (byte)'"' => JsonKind.Text,
        (byte)'{' => JsonKind.Object,
        (byte)'[' => JsonKind.Array,
        (byte)'t' or (byte)'f' => JsonKind.Boolean,
        (byte)'n' => JsonKind.Null,
        _ => JsonKind.Number,
    };

    /// <summary>Reads a text that is one value and white space around it.</summary>
    internal bool ReadDocument(out JsonSpan value)
    {
        SkipWhiteSpace();
        return ReadValue(out value) && ReadEnd();
    }

    /// <summary>Reads a value whole, white space before it already skipped.</summary>
    internal bool ReadValue(out JsonSpan value)
    {
        var start = Position;
        var kind = Kind;
        var ok = kind switch
        {
            JsonKind.Text => SkipString(),
            JsonKind.Array or JsonKind.Object => SkipNested(),
            _ => SkipScalar(),
        };
        value = ok ? new JsonSpan(start, Position - start, kind) : default;
        return ok;
    }

    /// <summary>Reads numbers of an array whose text has been found well formed, up to whatever is none, the end of the array, or the end of the cells.</summary>
    /// <param name="cells">Receives the numbers.</param>
    /// <param name="more">Whether another member follows; if not, the array has been left.</param>
    /// <returns>How many there were.</returns>
    internal int ReadNumbers(Span<double> cells, out bool more)
    {
        more = true;
        var text = _text;
        var at = Position;
        var count = 0;
        while (more && count < cells.Length)
        {
            var end = JsonNumber.Read(text, at, out cells[count]);
            if (end == at)
            {
                break;
            }

            at = end;
            count++;
            if (!SkipComma(text, ref at))
            {
                Position = at;
                ReadSeparator((byte)']', out more);
                at = Position;
            }
        }

        Position = at;
        return count;
    }

    /// <summary>Reads white space and the end of the text.</summary>
    internal bool ReadEnd()
    {
        SkipWhiteSpace();
        return Position == _text.Length || Fail(JsonError.ExtraData, Position);
    }

    /// <summary>Enters an object or an array.</summary>
    /// <param name="close">The byte that ends it.</param>
    /// <returns>Whether it has members; if not, it has been left again.</returns>
    internal bool Enter(byte close)
    {
        Position++;
        SkipWhiteSpace();
        if (Position < _text.Length && _text[Position] == close)
        {
            Position++;
            return false;
        }

        return true;
    }

    /// <summary>Reads a member's name and its colon.</summary>
    /// <param name="name">What stands between the quotes.</param>
    internal bool ReadName(out JsonSpan name)
    {
        name = default;
        if (Position == _text.Length || _text[Position] != '"')
        {
            return Fail(JsonError.ExpectingName, Position);
        }

        var start = Position + 1;
        if (!SkipString())
        {
            return false;
        }

        name = new JsonSpan(start, Position - start - 1, JsonKind.Text);
        SkipWhiteSpace();
        if (Position == _text.Length || _text[Position] != ':')
        {
            return Fail(JsonError.ExpectingColon, Position);
        }

        Position++;
        SkipWhiteSpace();
        return true;
    }

    /// <summary>Reads what follows a member: a comma, or the end of its object or array.</summary>
    /// <param name="close">The byte that ends it.</param>
    /// <param name="more">Whether another member follows.</param>
    internal bool ReadSeparator(byte close, out bool more)
    {
        more = false;
        SkipWhiteSpace();
        if (Position < _text.Length && _text[Position] == close)
        {
            Position++;
            return true;
        }

        if (Position == _text.Length || _text[Position] != ',')
        {
            return Fail(JsonError.ExpectingComma, Position);
        }

        var comma = Position++;
        SkipWhiteSpace();
        if (Position < _text.Length && _text[Position] == close)
        {
            return Fail(close == '}' ? JsonError.TrailingCommaInObject : JsonError.TrailingCommaInArray, comma);
        }

        more = true;
        return true;
    }

    /// <summary>Skips blanks, tabs and line ends.</summary>
    internal void SkipWhiteSpace()
    {
        while (Position < _text.Length && _text[Position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            Position++;
        }
    }

    private bool SkipNested()
    {
        Span<ulong> objects = stackalloc ulong[MaximumDepth / 64];
        var depth = 0;
        while (true)
        {
            var opened = false;
            switch (Position == _text.Length ? 0 : _text[Position])
            {
                case (byte)'{':
                case (byte)'[':
                    if (depth == MaximumDepth)
                    {
                        return Fail(JsonError.TooDeep, Position);
                    }

                    var isObject = _text[Position] == '{';
                    opened = Enter(isObject ? (byte)'}' : (byte)']');
                    if (opened)
                    {
                        Push(objects, depth++, isObject);
                    }

                    break;
                case (byte)'"':
                    if (!SkipString())
                    {
                        return false;
                    }

                    break;
                default:
                    if (!IsObject(objects, depth - 1))
                    {
                        SkipNumbers();
                    }

                    if (!SkipScalar())
                    {
                        return false;
                    }

                    break;
            }

            var more = opened;
            while (!more)
            {
                if (depth == 0)
                {
                    return true;
                }

                if (!ReadSeparator(IsObject(objects, depth - 1) ? (byte)'}' : (byte)']', out more))
                {
                    return false;
                }

                depth -= more ? 0 : 1;
            }

            if (IsObject(objects, depth - 1) && !ReadName(out _))
            {
                return false;
            }
        }
    }

    // Most of a large body: numbers with a comma behind them. The last of them, and what is none, is left to be judged like anything else.
    private void SkipNumbers()
    {
        var text = _text;
        var at = Position;
        int start;
        do
        {
            start = at;
            at = JsonNumber.Skip(text, start);
        }
        while (at > start && SkipComma(text, ref at));
        Position = start;
    }

    // A comma, with a blank behind it or none, and then what may begin a number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SkipComma(ReadOnlySpan<byte> text, ref int at)
    {
        var next = at + 1;
        if (next >= text.Length || text[at] != ',')
        {
            return false;
        }

        next += text[next] == ' ' ? 1 : 0;

        // Without a branch between the two: signs cannot be foreseen.
        if (next >= text.Length || !(((uint)(text[next] - '0') <= 9) | (text[next] == '-')))
        {
            return false;
        }

        at = next;
        return true;
    }

    private static void Push(Span<ulong> objects, int depth, bool isObject)
    {
        var bit = 1UL << (depth & 63);
        objects[depth >> 6] = isObject ? objects[depth >> 6] | bit : objects[depth >> 6] & ~bit;
    }

    private static bool IsObject(ReadOnlySpan<ulong> objects, int depth) => (objects[depth >> 6] & (1UL << (depth & 63))) != 0;

    private bool SkipString()
    {
        var begin = Position++;
        while (true)
        {
            var run = _text[Position..].IndexOfAny(EndsOfRun);
            if (run < 0)
            {
                return Fail(JsonError.UnterminatedString, begin);
            }

            Position += run;
            switch (_text[Position])
            {
                case (byte)'"':
                    Position++;
                    return true;
                case (byte)'\\':
                    if (!SkipEscape(begin))
                    {
                        return false;
                    }

                    break;
                default:
                    return Fail(JsonError.ControlCharacter, Position);
            }
        }
    }

    private bool SkipEscape(int begin)
    {
        var backslash = Position++;
        if (Position == _text.Length)
        {
            return Fail(JsonError.UnterminatedString, begin);
        }

        switch (_text[Position])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                Position++;
                return true;
            case (byte)'u':
                var u = Position;
                if (_text.Length < u + 5)
                {
                    return Fail(JsonError.UnicodeEscape, u);
                }

                for (var i = u + 1; i <= u + 4; i++)
                {
                    if (!char.IsAsciiHexDigit((char)_text[i]))
                    {
                        return Fail(JsonError.UnicodeEscape, u);
                    }
                }

                Position = u + 5;
                return true;
            default:
                return Fail(JsonError.Escape, backslash);
        }
    }

    private bool SkipScalar()
    {
        var rest = _text[Position..];
        var length = rest.IsEmpty ? 0 : rest[0] switch
        {
            (byte)'n' => rest.StartsWith("null"u8) ? 4 : 0,
            (byte)'t' => rest.StartsWith("true"u8) ? 4 : 0,
            (byte)'f' => rest.StartsWith("false"u8) ? 5 : 0,
            (byte)'N' => rest.StartsWith("NaN"u8) ? 3 : 0,
            (byte)'I' => rest.StartsWith("Infinity"u8) ? 8 : 0,
            (byte)'-' when rest.StartsWith("-Infinity"u8) => 9,
            _ => JsonNumber.Skip(rest, 0),
        };
        if (length == 0)
        {
            return Fail(JsonError.ExpectingValue, Position);
        }

        Position += length;
        return true;
    }

    private bool Fail(JsonError error, int position)
    {
        Debug.Assert(error != JsonError.None);
        Error = error;
        ErrorPosition = position;
        return false;
    }
}
