namespace Skiff.Python.Interpreter;

/// <summary>
/// Cuts a file into its top-level statements by tokens alone and says which names each binds or changes. Nothing is parsed: what a model does
/// not reach may be any Python.
/// </summary>
internal sealed class TopLevelScanner
{
    private readonly IReadOnlyList<Token> _tokens;
    private int _at;

    private TopLevelScanner(IReadOnlyList<Token> tokens)
    {
        _tokens = tokens;
    }

    public static List<TopLevelStatement> Scan(IReadOnlyList<Token> tokens)
    {
        var scanner = new TopLevelScanner(tokens);
        var statements = new List<TopLevelStatement>();
        while (tokens[scanner._at].Kind != TokenKind.End)
        {
            if (tokens[scanner._at].Kind is TokenKind.Newline or TokenKind.Indent or TokenKind.Dedent)
            {
                scanner._at++;
                continue;
            }

            var statement = new TopLevelStatement(scanner._at, tokens[scanner._at].Line);
            scanner.ScanStatement(statement);
            statements.Add(statement);
        }

        return statements;
    }

    private void ScanStatement(TopLevelStatement statement)
    {
        var first = _tokens[_at];
        var isMain = first.IsName("if") && (_tokens[_at + 1].IsName("__name__") || (_tokens[_at + 1].IsOperator("(") && _tokens[_at + 2].IsName("__name__")));
        statement.IsImport = first.Text is "import" or "from";
        ScanLine(statement, isMain);
        var decorated = first.IsOperator("@");

        // A statement goes on while lines are indented, and over the clauses that may follow a block.
        while (true)
        {
            var token = _tokens[_at];
            if (token.Kind == TokenKind.Indent)
            {
                ScanIndented(statement, isMain || first.Text is "def" or "class" or "async" or "@");
            }
            else if (IsContinuation(first, token) || (decorated && (token.IsOperator("@") || token.Text is "def" or "class" or "async")))
            {
                decorated &= token.IsOperator("@");
                ScanLine(statement, isMain);
            }
            else
            {
                return;
            }
        }
    }

    private static bool IsContinuation(Token first, Token token)
        => token.Kind == TokenKind.Name && token.Text is "elif" or "else" or "except" or "finally" && first.Kind == TokenKind.Name;

    private void ScanIndented(TopLevelStatement statement, bool skip)
    {
        var depth = 0;
        do
        {
            switch (_tokens[_at].Kind)
            {
                case TokenKind.Indent:
                    depth++;
                    _at++;
                    break;
                case TokenKind.Dedent:
                    depth--;
                    _at++;
                    break;
                case TokenKind.End:
                    return;
                default:
                    ScanLine(statement, skip);
                    break;
            }
        }
        while (depth > 0);
    }

    /// <summary>Moves past one line, noting the names it binds or changes.</summary>
    private void ScanLine(TopLevelStatement statement, bool skip)
    {
        var start = _at;
        while (_tokens[_at].Kind is not (TokenKind.Newline or TokenKind.End))
        {
            _at++;
        }

        var end = _at;
        if (_tokens[_at].Kind == TokenKind.Newline)
        {
            _at++;
        }

        if (skip)
        {
            return;
        }

        var depth = 0;
        var from = start;
        for (var i = start; i < end; i++)
        {
            var text = _tokens[i].Kind == TokenKind.Operator ? _tokens[i].Text : "";
            depth += text is "(" or "[" or "{" ? 1 : text is ")" or "]" or "}" ? -1 : 0;
            if (depth == 0 && (text == ";" || (text == ":" && IsBlockHead(_tokens[from]))))
            {
                Note(statement, from, i);
                from = i + 1;
            }
        }

        Note(statement, from, end);
    }

    private static bool IsBlockHead(Token token)
        => token.Kind == TokenKind.Name && token.Text is "if" or "elif" or "else" or "for" or "while" or "try" or "except" or "finally" or "with" or "class" or "def" or "async";

    private void Note(TopLevelStatement statement, int start, int end)
    {
        if (start >= end || _tokens[start].Kind != TokenKind.Name)
        {
            NoteTargets(statement, start, end);
            return;
        }

        switch (_tokens[start].Text)
        {
            case "def" or "class":
                statement.Names.Add(_tokens[start + 1].Text);
                break;
            case "async":
                statement.Names.Add(_tokens[start + 1].IsName("def") ? _tokens[start + 2].Text : "");
                NoteBound(statement, start + 1, end);
                break;
            case "import" or "from":
                statement.HasImport = true;
                NoteImport(statement, start, end);
                break;
            case "for" or "with" or "except" or "if" or "while" or "elif":
                NoteBound(statement, start, end);
                break;
            case "del" or "global":
                NoteAll(statement, start + 1, end);
                break;
            default:
                NoteTargets(statement, start, end);
                break;
        }
    }

    private void NoteAll(TopLevelStatement statement, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (_tokens[i].Kind == TokenKind.Name)
            {
                statement.Names.Add(_tokens[i].Text);
            }
        }
    }

    /// <summary>The names after "for" up to "in", and after "as" and before ":=".</summary>
    private void NoteBound(TopLevelStatement statement, int start, int end)
    {
        var inTarget = _tokens[start].IsName("for");
        for (var i = start + 1; i < end; i++)
        {
            inTarget &= !_tokens[i].IsName("in");
            if (_tokens[i].Kind == TokenKind.Name && (inTarget || _tokens[i - 1].IsName("as") || _tokens[i + 1].IsOperator(":=")))
            {
                statement.Names.Add(_tokens[i].Text);
            }
        }
    }

    private void NoteImport(TopLevelStatement statement, int start, int end)
    {
        var isFrom = _tokens[start].IsName("from");
        var i = start + 1;
        while (isFrom && i < end && !_tokens[i].IsName("import"))
        {
            i++;
        }

        i += isFrom ? 1 : 0;
        while (i < end)
        {
            if (_tokens[i].IsOperator("*"))
            {
                statement.Names.Add("*");
            }

            if (_tokens[i].Kind != TokenKind.Name)
            {
                i++;
                continue;
            }

            var name = _tokens[i++].Text;
            while (i + 1 < end && _tokens[i].IsOperator("."))
            {
                i += 2;
            }

            if (i + 1 < end && _tokens[i].IsName("as"))
            {
                name = _tokens[i + 1].Text;
                i += 2;
            }

            statement.Names.Add(name);
        }
    }

    /// <summary>The names a simple statement assigns to, and the name whose method or item it changes.</summary>
    private void NoteTargets(TopLevelStatement statement, int start, int end)
    {
        if (start >= end)
        {
            return;
        }

        var depth = 0;
        var lastAssignment = -1;
        for (var i = start; i < end; i++)
        {
            var text = _tokens[i].Kind == TokenKind.Operator ? _tokens[i].Text : "";
            depth += text is "(" or "[" or "{" ? 1 : text is ")" or "]" or "}" ? -1 : 0;
            if (depth == 0 && text.EndsWith('=') && text is not ("==" or "!=" or "<=" or ">=" or ":="))
            {
                lastAssignment = i;
            }

            if (text == ":=" && i > start)
            {
                statement.Names.Add(_tokens[i - 1].Text);
            }
        }

        for (var i = start; i < lastAssignment; i++)
        {
            if (_tokens[i].Kind == TokenKind.Name && _tokens[i + 1] is { Kind: TokenKind.Operator, Text: "," or "=" or ")" or "]" or ":" })
            {
                statement.Names.Add(_tokens[i].Text);
            }
        }

        var second = start + 1 < end && _tokens[start + 1].Kind == TokenKind.Operator ? _tokens[start + 1].Text : "";
        if (_tokens[start].Kind == TokenKind.Name && (lastAssignment > start || second is "." or "["))
        {
            statement.Names.Add(_tokens[start].Text);
        }
    }
}
