namespace Skiff.Python.Interpreter;

/// <summary>Finds the parts of a replacement field of an f-string, whose end the lexer has found already.</summary>
internal static class FieldScanner
{
    /// <summary>Where the expression ends: at a conversion, a format or the closing brace.</summary>
    public static int EndOfExpression(ReadOnlySpan<byte> source, int start, int end)
    {
        var depth = 0;
        for (var at = start; at < end; at++)
        {
            var c = source[at];
            switch (c)
            {
                case (byte)'"' or (byte)'\'':
                    var line = 0;
                    var quoteAt = at;
                    if (StringLexer.Skip(source, quoteAt, end, IsFormat(source, quoteAt, start), ref at, ref line) is not null)
                    {
                        return end;
                    }

                    at--;
                    break;
                case (byte)'(' or (byte)'[' or (byte)'{':
                    depth++;
                    break;
                case (byte)')' or (byte)']':
                    depth--;
                    break;
                case (byte)'}' when depth > 0:
                    depth--;
                    break;
                case (byte)'}':
                    return at;
                case (byte)':' when depth == 0:
                    return at;
                case (byte)'!' when depth == 0 && at + 1 < end && source[at + 1] != (byte)'=':
                    return at;
            }
        }

        return end;
    }

    /// <summary>Where a format ends: at the closing brace, fields inside passed over.</summary>
    public static int EndOfSpec(ReadOnlySpan<byte> source, int start, int end)
    {
        var depth = 0;
        for (var at = start; at < end; at++)
        {
            if (source[at] == (byte)'{')
            {
                depth++;
            }
            else if (source[at] == (byte)'}' && depth-- == 0)
            {
                return at;
            }
        }

        return end;
    }

    /// <summary>Where the sign of a field that shows its own text (<c>{x=}</c>) stands, or -1.</summary>
    public static int SelfDocumenting(ReadOnlySpan<byte> source, int start, int stop)
    {
        var at = stop - 1;
        while (at > start && source[at] == (byte)' ')
        {
            at--;
        }

        return at > start && source[at] == (byte)'=' && source[at - 1] is not ((byte)'=' or (byte)'!' or (byte)'<' or (byte)'>') ? at : -1;
    }

    private static bool IsFormat(ReadOnlySpan<byte> source, int quoteAt, int start)
        => (quoteAt > start && (source[quoteAt - 1] | 0x20) == 'f') || (quoteAt > start + 1 && (source[quoteAt - 2] | 0x20) == 'f' && (source[quoteAt - 1] | 0x20) == 'r');
}
