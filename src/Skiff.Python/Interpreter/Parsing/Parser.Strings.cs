using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

internal sealed partial class Parser
{
    /// <summary>Parses one or more string literals side by side, which are one.</summary>
    private Expr ParseStrings()
    {
        var line = Line;
        var text = new ByteBuffer();
        var parts = new List<Expr>();
        var formats = false;
        bool? bytes = null;
        while (Current.Kind is TokenKind.String or TokenKind.FString)
        {
            var token = Next();
            var literal = StringLiteral.Read(_module.Source, token);
            if (literal.IsTemplate)
            {
                throw Refuse("a template string", token.Line);
            }

            if (bytes is { } before && before != literal.IsBytes)
            {
                throw Invalid("cannot mix bytes and nonbytes literals");
            }

            bytes = literal.IsBytes;
            if (token.Kind == TokenKind.FString)
            {
                formats = true;
                ParseFormat(literal, literal.Start, literal.End, text, parts, inSpec: false);
            }
            else if (StringLiteral.Decode(_module.Source, literal, literal.Start, literal.End, text) is { } error)
            {
                throw _module.Refuse(token.Line, error.Construct, error.Reason);
            }
        }

        if (bytes == true)
        {
            return new ConstantNode(new PyBytes(text.Written.ToArray())) { Line = line };
        }

        if (!formats)
        {
            return new ConstantNode(PyStr.FromBytes(text.Written.ToArray())) { Line = line };
        }

        FlushText(text, parts, line);
        return parts.Count == 1 && parts[0] is ConstantNode ? parts[0] : new JoinedNode([.. parts]) { Line = line };
    }

    private static void FlushText(ByteBuffer text, List<Expr> parts, int line)
    {
        if (text.Length > 0 || parts.Count == 0)
        {
            parts.Add(new ConstantNode(PyStr.FromBytes(text.Written.ToArray())) { Line = line });
            text.Clear();
        }
    }

    private void ParseFormat(StringLiteral literal, int start, int end, ByteBuffer text, List<Expr> parts, bool inSpec)
    {
        Enter();
        var source = _module.Source;
        var at = start;
        while (at < end)
        {
            var run = source.AsSpan(at, end - at).IndexOfAny((byte)'{', (byte)'}');
            var stop = run < 0 ? end : at + run;
            if (stop < end && stop > at + 1 && source[stop] == (byte)'{' && source[stop - 1] == (byte)'N' && source[stop - 2] == (byte)'\\' && !literal.IsRaw)
            {
                throw Refuse("a character by name (\\N{...})", literal.Line);
            }

            if (StringLiteral.Decode(source, literal, at, stop, text) is { } error)
            {
                throw _module.Refuse(literal.Line, error.Construct, error.Reason);
            }

            if (stop == end)
            {
                break;
            }

            if (!inSpec && stop + 1 < end && source[stop + 1] == source[stop])
            {
                text.Append(source[stop]);
                at = stop + 2;
                continue;
            }

            if (source[stop] == (byte)'}')
            {
                throw _module.Refuse(literal.Line, "syntax", "not Python: f-string: single '}' is not allowed");
            }

            at = ParseField(literal, stop + 1, end, text, parts);
        }

        Leave();
    }

    /// <summary>Parses a replacement field whose brace is behind, and answers where it ends.</summary>
    private int ParseField(StringLiteral literal, int start, int end, ByteBuffer text, List<Expr> parts)
    {
        var source = _module.Source;
        var line = literal.Line + source.AsSpan(literal.Start, start - literal.Start).Count((byte)'\n');
        var stop = FieldScanner.EndOfExpression(source, start, end);
        var expressionEnd = stop;
        if (FieldScanner.SelfDocumenting(source, start, stop) is var equals and >= 0)
        {
            text.Append(source.AsSpan(start, stop - start));
            expressionEnd = equals;
        }

        FlushText(text, parts, line);
        var tokens = Lexer.TokenizeExpression(source, _module.FileName, start, expressionEnd, line);
        var inner = new Parser(_module, tokens, 0, _scope, _nesting);
        var value = inner.ParseExpressionList();
        if (inner.Current.Kind != TokenKind.End)
        {
            throw inner.Invalid("f-string: invalid syntax");
        }

        var conversion = expressionEnd != stop ? 'r' : '\0';
        var at = stop;
        if (at < end && source[at] == (byte)'!')
        {
            conversion = (char)source[at + 1];
            at += 2;
        }

        Expr? spec = null;
        if (at < end && source[at] == (byte)':')
        {
            var specEnd = FieldScanner.EndOfSpec(source, at + 1, end);
            var specText = new ByteBuffer(16);
            var specParts = new List<Expr>();
            ParseFormat(literal, at + 1, specEnd, specText, specParts, inSpec: true);
            FlushText(specText, specParts, line);
            spec = specParts.Count == 1 && specParts[0] is ConstantNode ? specParts[0] : new JoinedNode([.. specParts]) { Line = line };
            conversion = expressionEnd != stop && conversion == 'r' && source[stop] == (byte)':' ? '\0' : conversion;
            at = specEnd;
        }

        if (at >= end || source[at] != (byte)'}' || conversion is not ('\0' or 'r' or 's' or 'a'))
        {
            throw _module.Refuse(line, "syntax", "not Python: f-string: expecting '}'");
        }

        parts.Add(new FieldNode(value, conversion, spec) { Line = line });
        return at + 1;
    }
}
