using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary>A string literal: what its prefix says and where its content stands.</summary>
internal readonly record struct StringLiteral(int Start, int End, int Line, bool IsRaw, bool IsBytes, bool IsTemplate)
{
    public static StringLiteral Read(ReadOnlySpan<byte> source, Token token)
    {
        var raw = false;
        var bytes = false;
        var template = false;
        var at = token.Start;
        for (; source[at] is not ((byte)'"' or (byte)'\''); at++)
        {
            raw |= (source[at] | 0x20) == 'r';
            bytes |= (source[at] | 0x20) == 'b';
            template |= (source[at] | 0x20) == 't';
        }

        var triple = token.End - at >= 6 && source[at + 1] == source[at] && source[at + 2] == source[at];
        var quotes = triple ? 3 : 1;
        return new StringLiteral(at + quotes, token.End - quotes, token.Line, raw, bytes, template);
    }

    /// <summary>Appends the content between two places with its escapes worked out; answers what is wrong, or null.</summary>
    public static (string Construct, string Reason)? Decode(ReadOnlySpan<byte> source, StringLiteral literal, int start, int end, ByteBuffer text)
    {
        var at = start;
        while (at < end)
        {
            var c = source[at];
            if (c == (byte)'\r' && at + 1 < end && source[at + 1] == (byte)'\n')
            {
                at++;
                continue;
            }

            if (c != (byte)'\\' || literal.IsRaw || at + 1 >= end)
            {
                if (literal.IsBytes && c >= 0x80)
                {
                    return ("syntax", "not Python: bytes can only contain ASCII literal characters");
                }

                text.Append(c);
                at++;
                continue;
            }

            at++;
            if (Escape(source, literal, ref at, end, text) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static (string Construct, string Reason)? Escape(ReadOnlySpan<byte> source, StringLiteral literal, ref int at, int end, ByteBuffer text)
    {
        var c = source[at++];
        switch ((char)c)
        {
            case '\r' when at < end && source[at] == (byte)'\n':
                at++;
                return null;
            case '\n':
                return null;
            case '\\' or '\'' or '"':
                text.Append(c);
                return null;
            case 'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v':
                text.Append((byte)"\a\b\f\n\r\t\v"["abfnrtv".IndexOf((char)c)]);
                return null;
            case >= '0' and <= '7':
                var octal = c - '0';
                for (var i = 0; i < 2 && at < end && source[at] is >= (byte)'0' and <= (byte)'7'; i++)
                {
                    octal = (octal * 8) + source[at++] - '0';
                }

                Append(literal, text, octal);
                return null;
            case 'x':
                return Hex(source, literal, ref at, end, 2, text);
            case 'u' when !literal.IsBytes:
                return Hex(source, literal, ref at, end, 4, text);
            case 'U' when !literal.IsBytes:
                return Hex(source, literal, ref at, end, 8, text);
            case 'N' when !literal.IsBytes:
                return ("a character by name (\\N{...})", "a character by name (\\N{...}) is not supported: write its code, \\uXXXX");
            default:
                text.Append((byte)'\\');
                at--;
                return null;
        }
    }

    private static (string Construct, string Reason)? Hex(ReadOnlySpan<byte> source, StringLiteral literal, ref int at, int end, int digits, ByteBuffer text)
    {
        var value = 0L;
        for (var i = 0; i < digits; i++)
        {
            if (at >= end || !char.IsAsciiHexDigit((char)source[at]))
            {
                return ("syntax", "not Python: truncated escape in a string literal");
            }

            var c = source[at++];
            value = (value * 16) + (c <= (byte)'9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }

        if (value > 0x10FFFF)
        {
            return ("syntax", "not Python: illegal Unicode character in a string literal");
        }

        Append(literal, text, (int)value);
        return null;
    }

    private static void Append(StringLiteral literal, ByteBuffer text, int value)
    {
        if (literal.IsBytes)
        {
            text.Append((byte)value);
        }
        else
        {
            text.AppendCodePoint(value);
        }
    }
}
