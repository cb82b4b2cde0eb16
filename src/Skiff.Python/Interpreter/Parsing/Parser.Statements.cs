namespace Skiff.Python.Interpreter;

internal sealed partial class Parser
{
    private Stmt ParseStatement()
    {
        Enter();
        var token = Current;
        Stmt statement;
        if (token.Kind == TokenKind.Operator && token.Text == "@")
        {
            statement = ParseDecorated();
        }
        else if (token.Kind == TokenKind.Name && IsCompound(token.Text))
        {
            statement = ParseCompound(token);
        }
        else
        {
            statement = ParseSimpleLine();
        }

        Leave();
        return statement;
    }

    private bool IsCompound(string word) => word switch
    {
        "if" or "while" or "for" or "try" or "def" or "with" or "class" or "async" => true,
        "match" => LooksLikeMatch(),
        _ => false,
    };

    /// <summary>"match" is a keyword only where a block follows: the line ends in a colon and is not an annotation or a slice.</summary>
    private bool LooksLikeMatch()
    {
        var next = _tokens[_at + 1];
        if (next.Kind is TokenKind.Newline or TokenKind.End || (next.Kind == TokenKind.Operator && next.Text is not ("(" or "[" or "{" or "-" or "*")))
        {
            return false;
        }

        var at = _at;
        while (_tokens[at].Kind is not (TokenKind.Newline or TokenKind.End))
        {
            at++;
        }

        return _tokens[at - 1].IsOperator(":");
    }

    private Stmt ParseCompound(Token token) => token.Text switch
    {
        "if" => ParseIf(),
        "while" => ParseWhile(),
        "for" => ParseFor(),
        "try" => ParseTry(),
        "def" => ParseDef(),
        _ => throw Refuse(token.Text == "async" ? "'async'" : $"'{token.Text}' statement"),
    };

    private BlockNode ParseBlock()
    {
        Expect(":");
        var line = Line;
        var statements = new List<Stmt>();
        if (Current.Kind != TokenKind.Newline)
        {
            statements.Add(ParseSimpleLine());
            return new BlockNode([.. statements]) { Line = line };
        }

        _at++;
        if (Current.Kind != TokenKind.Indent)
        {
            throw Invalid("expected an indented block");
        }

        _at++;
        while (Current.Kind is not (TokenKind.Dedent or TokenKind.End))
        {
            statements.Add(ParseStatement());
        }

        if (Current.Kind == TokenKind.Dedent)
        {
            _at++;
        }

        return new BlockNode([.. statements]) { Line = line };
    }

    private IfNode ParseIf()
    {
        Enter();
        var line = Next().Line;
        var condition = ParseNamedExpression();
        var then = ParseBlock();
        Stmt? otherwise = null;
        if (IsKeyword("elif"))
        {
            otherwise = ParseElifs();
        }
        else if (TryKeyword("else"))
        {
            otherwise = ParseBlock();
        }

        Leave();
        return new IfNode(condition, then, otherwise) { Line = line };
    }

    /// <summary>A run of elif clauses becomes one node over a list, so that its length is not depth.</summary>
    private IfChainNode ParseElifs()
    {
        var line = Line;
        var conditions = new List<(int, Expr, Stmt)>();
        while (IsKeyword("elif"))
        {
            var at = Next().Line;
            var condition = ParseNamedExpression();
            conditions.Add((at, condition, ParseBlock()));
        }

        var otherwise = TryKeyword("else") ? ParseBlock() : null;
        return new IfChainNode([.. conditions], otherwise) { Line = line };
    }

    private WhileNode ParseWhile()
    {
        var line = Next().Line;
        var condition = ParseNamedExpression();
        var body = ParseLoopBody();
        return new WhileNode(condition, body, TryKeyword("else") ? ParseBlock() : null) { Line = line };
    }

    private ForNode ParseFor()
    {
        var line = Next().Line;
        var target = AsTarget(ParseTargetList());
        ExpectKeyword("in");
        var source = ParseExpressionList();
        var body = ParseLoopBody();
        return new ForNode(target, source, body, TryKeyword("else") ? ParseBlock() : null) { Line = line };
    }

    private BlockNode ParseLoopBody()
    {
        _loops++;
        var body = ParseBlock();
        _loops--;
        return body;
    }

    private TryNode ParseTry()
    {
        var line = Next().Line;
        var body = ParseBlock();
        var handlers = new List<Handler>();
        while (IsKeyword("except"))
        {
            handlers.Add(ParseHandler());
        }

        var otherwise = handlers.Count > 0 && TryKeyword("else") ? ParseBlock() : null;
        var final = TryKeyword("finally") ? ParseBlock() : null;
        if (handlers.Count == 0 && final is null)
        {
            throw Invalid("expected 'except' or 'finally' block");
        }

        return new TryNode(body, [.. handlers], otherwise, final) { Line = line };
    }

    private Handler ParseHandler()
    {
        _at++;
        if (IsOperator("*"))
        {
            throw Refuse("'except*'");
        }

        if (IsOperator(":"))
        {
            return new Handler(null, null, ParseBlock());
        }

        var type = ParseExpressionList();
        NameNode? name = null;
        if (TryKeyword("as"))
        {
            var line = Line;
            name = Reference(ExpectName(), line);
            AsTarget(name);
        }

        return new Handler(type, name, ParseBlock());
    }

    private DefNode ParseDecorated()
    {
        while (IsOperator("@"))
        {
            var line = Next().Line;
            var start = _at;
            while (Current.Kind is not (TokenKind.Newline or TokenKind.End))
            {
                _at++;
            }

            if (!IsCacheDecorator(start))
            {
                throw Refuse($"decorator @{DecoratorName(start)}", line);
            }

            _at++;
        }

        return IsKeyword("def") ? ParseDef() : throw Refuse(IsKeyword("class") ? "'class' statement" : $"'{Current.Text}'");
    }

    /// <summary>A cache changes how fast a pure function answers, not what, and nothing outlives a call: it is read and left out.</summary>
    private bool IsCacheDecorator(int at)
    {
        if (_tokens[at].IsName("functools") && _tokens[at + 1].IsOperator("."))
        {
            at += 2;
        }

        return _tokens[at].IsName("lru_cache") || _tokens[at].IsName("cache");
    }

    private string DecoratorName(int at)
    {
        var name = _tokens[at].Text;
        while (_tokens[at + 1].IsOperator(".") && _tokens[at + 2].Kind == TokenKind.Name)
        {
            name += "." + _tokens[at + 2].Text;
            at += 2;
        }

        return name;
    }
}
