namespace Skiff.Python.Interpreter;

/// <summary>Finds where string literals end; for f-strings that means following the expressions inside, which may hold strings again.</summary>
internal static class StringLexer
{
    private const int MaximumNesting = 8;

    /// <summary>Whether a string literal starts here, and where its quote is.</summary>
    public static bool TryPrefix(ReadOnlySpan<byte> source, int at, int end, out int quoteAt, out bool isFormat)
    {
        isFormat = false;
        quoteAt = at;
        for (; quoteAt < end && quoteAt - at <= 2; quoteAt++)
        {
            var c = source[quoteAt];
            if (c is (byte)'"' or (byte)'\'')
            {
                return true;
            }

            switch (c | 0x20)
            {
                case 'f' or 't':
                    isFormat = true;
                    break;
                case 'r' or 'b' or 'u':
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Moves past the literal whose quote is at <paramref name="quoteAt"/>; answers what is wrong with it, or null.</summary>
    public static string? Skip(ReadOnlySpan<byte> source, int quoteAt, int end, bool isFormat, ref int at, ref int line, int nesting = 0)
    {
        if (nesting > MaximumNesting)
        {
            return "not Python: f-string: too many nested expressions";
        }

        var quote = source[quoteAt];
        var triple = quoteAt + 2 < end && source[quoteAt + 1] == quote && source[quoteAt + 2] == quote;
        at = quoteAt + (triple ? 3 : 1);
        while (at < end)
        {
            var c = source[at];
            if (c == quote && (!triple || (at + 2 < end && source[at + 1] == quote && source[at + 2] == quote)))
            {
                at += triple ? 3 : 1;
                return null;
            }

            if (c == (byte)'\\' && at + 1 < end)
            {
                line += source[at + 1] == (byte)'\n' ? 1 : 0;
                at += 2;
                continue;
            }

            if (c == (byte)'\n')
            {
                if (!triple)
                {
                    return "not Python: unterminated string literal";
                }

                line++;
            }

            at++;
            if (isFormat && c == (byte)'{')
            {
                if (at < end && source[at] == (byte)'{')
                {
                    at++;
                }
                else if (SkipField(source, quote, triple, end, ref at, ref line, nesting) is { } error)
                {
                    return error;
                }
            }
        }

        return "not Python: unterminated string literal";
    }

    /// <summary>Moves past a replacement field, whose brace is behind.</summary>
    private static string? SkipField(ReadOnlySpan<byte> source, byte quote, bool triple, int end, ref int at, ref int line, int nesting)
    {
        var depth = 0;
        var inSpec = false;
        while (at < end)
        {
            var c = source[at];
            if (!inSpec && c is (byte)'"' or (byte)'\'')
            {
                var error = Skip(source, at, end, FormatPrefixBefore(source, at), ref at, ref line, nesting + 1);
                if (error is not null)
                {
                    return error;
                }

                continue;
            }

            if (inSpec && c == quote && !triple)
            {
                return "not Python: f-string: expecting '}'";
            }

            line += c == (byte)'\n' ? 1 : 0;
            at++;
            switch (c)
            {
                case (byte)'(' or (byte)'[' or (byte)'{':
                    depth++;
                    break;
                case (byte)')' or (byte)']':
                    depth--;
                    break;
                case (byte)'}' when depth <= 0:
                    return null;
                case (byte)'}':
                    depth--;
                    break;
                case (byte)':' when depth == 0:
                    inSpec = true;
                    break;
            }
        }

        return "not Python: f-string: expecting '}'";
    }

    private static bool FormatPrefixBefore(ReadOnlySpan<byte> source, int quoteAt)
    {
        for (var i = quoteAt - 1; i >= 0 && i >= quoteAt - 2; i--)
        {
            var c = source[i] | 0x20;
            if (c is 'f' or 't')
            {
                return true;
            }

            if (c != 'r')
            {
                return false;
            }
        }

        return false;
    }
}
