using Skiff.Numerics;
using Skiff.Python.Unicode;

namespace Skiff.Python.Regex;

/// <summary>Hands out a pattern or a replacement a token at a time: a character, or a backslash with what follows it.</summary>
internal sealed class PatternReader
{
    /// <summary>No token: the end.</summary>
    internal const int End = -1;

    /// <summary>Marks a token that is an escape; the rest of it is the character after the backslash.</summary>
    internal const int Escape = 0x1000000;

    private readonly int[] _text;
    private int _index;

    internal PatternReader(ReadOnlySpan<byte> text)
    {
        _text = new int[Utf8.CountCodePoints(text)];
        var count = 0;
        for (var i = 0; i < text.Length;)
        {
            _text[count++] = Utf8.Decode(text, ref i);
        }

        Advance();
    }

    /// <summary>The token that is read next.</summary>
    internal int Next { get; private set; }

    /// <summary>Where the next token starts, in code points.</summary>
    internal int Position => _index - TokenLength(Next);

    internal ReadOnlySpan<int> Text => _text;

    internal static int TokenLength(int token) => token < 0 ? 0 : token >= Escape ? 2 : 1;

    internal static bool IsDigit(int token) => token is >= '0' and <= '9';

    internal static bool IsOctal(int token) => token is >= '0' and <= '7';

    internal static bool IsHex(int token) => token is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    internal static bool IsAsciiLetter(int token) => token is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    internal int Get()
    {
        var token = Next;
        Advance();
        return token;
    }

    internal bool Match(int token)
    {
        if (Next != token)
        {
            return false;
        }

        Advance();
        return true;
    }

    internal void Seek(int position)
    {
        _index = position;
        Advance();
    }

    /// <summary>Reads at most so many tokens that satisfy the test.</summary>
    internal void GetWhile(int count, Func<int, bool> test)
    {
        for (; count > 0 && test(Next); count--)
        {
            Advance();
        }
    }

    /// <summary>Reads a name up to its terminator, which is read and not part of it.</summary>
    internal int[] GetUntil(char terminator, string what)
    {
        var start = Position;
        while (true)
        {
            var length = Position - start;
            var token = Get();
            if (token == End)
            {
                throw length == 0 ? Error("missing " + what) : Error($"missing {terminator}, unterminated name", length);
            }

            if (token == terminator)
            {
                return length == 0 ? throw Error("missing " + what, 1) : _text[start..(start + length)];
            }
        }
    }

    internal PyRegexException Error(string reason, int offset = 0) => PyRegexException.At(reason, _text, Position - offset);

    /// <summary>The text from a position up to the next token, for messages.</summary>
    internal string From(int start) => ToText(_text.AsSpan(start..Position));

    /// <summary>Refuses a group name that is not an identifier.</summary>
    internal void CheckGroupName(ReadOnlySpan<int> name, int offset)
    {
        var text = ToUtf8(name);
        if (!UnicodeText.IsIdentifier(text))
        {
            throw Error("bad character in group name " + Repr(name), name.Length + offset);
        }
    }

    internal static bool IsNumber(ReadOnlySpan<int> name) => !name.ContainsAnyExceptInRange('0', '9');

    /// <summary>A number in decimal digits; long.MaxValue where it does not fit.</summary>
    internal static long ParseNumber(ReadOnlySpan<int> digits)
    {
        long value = 0;
        foreach (var digit in digits)
        {
            value = value > long.MaxValue / 10 - 10 ? long.MaxValue : (value * 10) + (digit - '0');
            if (value == long.MaxValue)
            {
                break;
            }
        }

        return value;
    }

    /// <summary>A number as Python writes it: without zeros in front.</summary>
    internal static string NumberText(ReadOnlySpan<int> digits)
    {
        var text = ToText(digits).TrimStart('0');
        return text.Length == 0 ? "0" : text;
    }

    internal static string ToText(ReadOnlySpan<int> codePoints) => Utf8.GetString(ToUtf8(codePoints));

    internal static byte[] ToUtf8(ReadOnlySpan<int> codePoints)
    {
        var buffer = new ByteBuffer((codePoints.Length * 2) + 4);
        foreach (var codePoint in codePoints)
        {
            buffer.AppendCodePoint(codePoint);
        }

        return buffer.Written.ToArray();
    }

    internal static string Repr(ReadOnlySpan<int> text)
    {
        var buffer = new ByteBuffer();
        UnicodeText.Repr(ToUtf8(text), buffer);
        return Utf8.GetString(buffer.Written);
    }

    private void Advance()
    {
        if (_index >= _text.Length)
        {
            Next = End;
            return;
        }

        var token = _text[_index++];
        if (token == '\\')
        {
            if (_index >= _text.Length)
            {
                throw PyRegexException.At("bad escape (end of pattern)", _text, _text.Length - 1);
            }

            token = Escape | _text[_index++];
        }

        Next = token;
    }
}
