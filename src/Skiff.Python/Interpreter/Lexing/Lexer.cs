using System.Text;

namespace Skiff.Python.Interpreter;

/// <summary>
/// Cuts Python source into tokens, with the indentation made into tokens of its own, as the language reference's "Lexical analysis" has it.
/// It takes all of Python 3, so that what a named function does not reach can be passed over.
/// </summary>
internal sealed class Lexer
{
    private const int MaximumBrackets = 200;
    private const int MaximumIndents = 100;

    private static readonly string[] Operators =
    [
        "**=", "//=", ">>=", "<<=", "...", "->", ":=", "==", "!=", "<=", ">=", "**", "//", "<<", ">>", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=",
        "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "=", "!",
    ];

    private readonly byte[] _source;
    private readonly string _fileName;
    private readonly bool _nested;
    private readonly int _end;
    private readonly List<Token> _tokens = [];
    private readonly Stack<int> _indents = new();
    private readonly Stack<byte> _brackets = new();
    private readonly Dictionary<string, string> _names = [];
    private int _at;
    private int _line;

    private Lexer(byte[] source, string fileName, int start, int end, int line, bool nested)
    {
        _source = source;
        _fileName = fileName;
        _at = start;
        _end = end;
        _line = line;
        _nested = nested;
        _indents.Push(0);
    }

    /// <summary>The tokens of a whole file.</summary>
    public static List<Token> Tokenize(byte[] source, string fileName)
    {
        var start = source.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        return new Lexer(source, fileName, start, source.Length, 1, nested: false).Run();
    }

    /// <summary>The tokens of an expression inside an f-string, where lines and indentation do not count.</summary>
    public static List<Token> TokenizeExpression(byte[] source, string fileName, int start, int end, int line)
        => new Lexer(source, fileName, start, end, line, nested: true).Run();

    private byte Peek(int ahead = 0) => _at + ahead < _end ? _source[_at + ahead] : (byte)0;

    private List<Token> Run()
    {
        var lineStart = !_nested;
        while (true)
        {
            if (lineStart)
            {
                if (!ReadIndentation())
                {
                    continue;
                }

                lineStart = false;
            }

            SkipBlank();
            if (_at >= _end)
            {
                break;
            }

            var c = Peek();
            if (c == (byte)'\n')
            {
                _at++;
                if (_brackets.Count == 0 && !_nested)
                {
                    Add(TokenKind.Newline, _at - 1);
                    lineStart = true;
                }

                _line++;
                continue;
            }

            ReadToken(c);
        }

        Finish();
        return _tokens;
    }

    private void Finish()
    {
        if (_brackets.Count > 0)
        {
            throw Bad($"'{(char)_brackets.Peek()}' was never closed");
        }

        if (!_nested && _tokens.Count > 0 && _tokens[^1].Kind != TokenKind.Newline && _tokens[^1].Kind != TokenKind.Dedent)
        {
            Add(TokenKind.Newline, _at);
        }

        for (; _indents.Peek() > 0; _indents.Pop())
        {
            Add(TokenKind.Dedent, _at);
        }

        Add(TokenKind.End, _at);
    }

    /// <summary>Reads the white space at the start of a line; false where the line is blank and was passed over.</summary>
    private bool ReadIndentation()
    {
        var column = 0;
        for (; ; _at++)
        {
            var c = Peek();
            if (c == (byte)' ')
            {
                column++;
            }
            else if (c == (byte)'\t')
            {
                column = ((column / 8) + 1) * 8;
            }
            else if (c == (byte)'\f')
            {
                column = 0;
            }
            else
            {
                break;
            }
        }

        if (Peek() == (byte)'#')
        {
            SkipComment();
        }

        if (Peek() == (byte)'\r' && Peek(1) == (byte)'\n')
        {
            _at++;
        }

        if (Peek() == (byte)'\n' && _at < _end)
        {
            _at++;
            _line++;
            return false;
        }

        if (_at < _end)
        {
            Indent(column);
        }

        return true;
    }

    private void Indent(int column)
    {
        if (column > _indents.Peek())
        {
            if (_indents.Count >= MaximumIndents)
            {
                throw Bad("too many levels of indentation");
            }

            _indents.Push(column);
            Add(TokenKind.Indent, _at);
            return;
        }

        while (column < _indents.Peek())
        {
            _indents.Pop();
            Add(TokenKind.Dedent, _at);
        }

        if (column != _indents.Peek())
        {
            throw Bad("unindent does not match any outer indentation level");
        }
    }

    private void SkipBlank()
    {
        while (_at < _end)
        {
            var c = Peek();
            if (c is (byte)' ' or (byte)'\t' or (byte)'\f' || (c == (byte)'\r' && (Peek(1) == (byte)'\n' || _at + 1 == _end)))
            {
                _at++;
            }
            else if (c == (byte)'#')
            {
                SkipComment();
            }
            else if (c == (byte)'\\' && Peek(1) == (byte)'\n')
            {
                _at += 2;
                _line++;
            }
            else if (c == (byte)'\\' && Peek(1) == (byte)'\r' && Peek(2) == (byte)'\n')
            {
                _at += 3;
                _line++;
            }
            else
            {
                return;
            }
        }
    }

    private void SkipComment()
    {
        while (_at < _end && Peek() != (byte)'\n')
        {
            _at++;
        }
    }

    private void ReadToken(byte c)
    {
        var start = _at;
        var line = _line;
        if (StringLexer.TryPrefix(_source, _at, _end, out var quoteAt, out var isFormat))
        {
            var error = StringLexer.Skip(_source, quoteAt, _end, isFormat, ref _at, ref _line);
            if (error is not null)
            {
                throw new PySourceException(_fileName, line, "string literal", error);
            }

            _tokens.Add(new Token(isFormat ? TokenKind.FString : TokenKind.String, start, _at, line, ""));
            return;
        }

        if (IsNameStart(c))
        {
            while (IsNameStart(Peek()) || char.IsAsciiDigit((char)Peek()))
            {
                _at++;
            }

            _tokens.Add(new Token(TokenKind.Name, start, _at, line, Intern(start)));
            return;
        }

        if (char.IsAsciiDigit((char)c) || (c == (byte)'.' && char.IsAsciiDigit((char)Peek(1))))
        {
            ReadNumber();
            Add(TokenKind.Number, start);
            return;
        }

        ReadOperator();
    }

    private void ReadNumber()
    {
        if (Peek() == (byte)'0' && (Peek(1) | 0x20) is 'x' or 'o' or 'b')
        {
            _at += 2;
            while (char.IsAsciiHexDigit((char)Peek()) || Peek() == (byte)'_')
            {
                _at++;
            }

            return;
        }

        SkipDigits();
        if (Peek() == (byte)'.')
        {
            _at++;
            SkipDigits();
        }

        if ((Peek() | 0x20) == 'e')
        {
            var ahead = Peek(1) is (byte)'+' or (byte)'-' ? 2 : 1;
            if (char.IsAsciiDigit((char)Peek(ahead)))
            {
                _at += ahead;
                SkipDigits();
            }
        }

        if ((Peek() | 0x20) == 'j')
        {
            _at++;
        }
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit((char)Peek()) || Peek() == (byte)'_')
        {
            _at++;
        }
    }

    private void ReadOperator()
    {
        var start = _at;
        foreach (var op in Operators)
        {
            if (!Matches(op))
            {
                continue;
            }

            _at += op.Length;
            Track(op);
            _tokens.Add(new Token(TokenKind.Operator, start, _at, _line, op));
            return;
        }

        throw Bad($"invalid character {(Peek() < 0x80 ? $"'{(char)Peek()}'" : $"0x{Peek():X2}")}");
    }

    private bool Matches(string op)
    {
        for (var i = 0; i < op.Length; i++)
        {
            if (Peek(i) != op[i])
            {
                return false;
            }
        }

        return true;
    }

    private void Track(string op)
    {
        if (op is "(" or "[" or "{")
        {
            if (_brackets.Count >= MaximumBrackets)
            {
                throw Bad("too many nested parentheses");
            }

            _brackets.Push((byte)op[0]);
        }
        else if (op is ")" or "]" or "}")
        {
            if (!_brackets.TryPop(out var open) || open != (op == ")" ? '(' : op == "]" ? '[' : '{'))
            {
                throw Bad($"unmatched '{op}'");
            }
        }
    }

    private string Intern(int start)
    {
        var name = Encoding.UTF8.GetString(_source, start, _at - start);
        if (!_names.TryGetValue(name, out var known))
        {
            _names.Add(name, known = name);
        }

        return known;
    }

    private static bool IsNameStart(byte c) => c == (byte)'_' || c >= 0x80 || char.IsAsciiLetter((char)c);

    private void Add(TokenKind kind, int start) => _tokens.Add(new Token(kind, start, _at, _line, ""));

    private PySourceException Bad(string reason) => new(_fileName, _line, "syntax", $"not Python: {reason}");
}
