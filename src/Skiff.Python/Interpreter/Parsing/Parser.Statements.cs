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

    private Stmt ParseSimpleLine()
    {
        var first = ParseSimple();
        if (!IsOperator(";"))
        {
            EndLine();
            return first;
        }

        var statements = new List<Stmt> { first };
        while (TryOperator(";") && Current.Kind is not (TokenKind.Newline or TokenKind.End))
        {
            statements.Add(ParseSimple());
        }

        EndLine();
        return new BlockNode([.. statements]) { Line = first.Line };
    }

    private void EndLine()
    {
        if (Current.Kind == TokenKind.Newline)
        {
            _at++;
        }
        else if (Current.Kind is not (TokenKind.End or TokenKind.Dedent))
        {
            throw Invalid("invalid syntax");
        }
    }

    private Stmt ParseSimple()
    {
        var line = Line;
        if (Current.Kind == TokenKind.Name)
        {
            switch (Current.Text)
            {
                case "pass":
                    _at++;
                    return new PassNode { Line = line };
                case "break" or "continue":
                    return ParseJump();
                case "return":
                    return ParseReturn();
                case "raise":
                    return ParseRaise();
                case "assert":
                    _at++;
                    var condition = ParseNamedExpression();
                    return new AssertNode(condition, TryOperator(",") ? ParseNamedExpression() : null) { Line = line };
                case "del":
                    _at++;
                    return new DeleteNode(Targets(ParseTargetList())) { Line = line };
                case "global" or "nonlocal":
                    return ParseDeclaration();
                case "import":
                    return ParseImport();
                case "from":
                    return ParseFromImport();
                case "yield":
                    return ParseYield();
            }
        }

        return ParseExpressionStatement();
    }

    private TargetExpr[] Targets(Expr list)
        => list is TupleNode tuple ? Array.ConvertAll(tuple.Items, i => AsTarget(i)) : [AsTarget(list)];

    private JumpNode ParseJump()
    {
        var token = Next();
        if (_loops == 0)
        {
            throw Invalid($"'{token.Text}' outside loop");
        }

        return new JumpNode(token.Text == "break" ? Flow.Break : Flow.Continue) { Line = token.Line };
    }

    private ReturnNode ParseReturn()
    {
        var line = Next().Line;
        if (_scope.Kind == ScopeKind.Module)
        {
            throw Invalid("'return' outside function");
        }

        var bare = Current.Kind is TokenKind.Newline or TokenKind.End or TokenKind.Dedent || IsOperator(";");
        return new ReturnNode(bare ? null : ParseExpressionList()) { Line = line };
    }

    private RaiseNode ParseRaise()
    {
        var line = Next().Line;
        if (Current.Kind is TokenKind.Newline or TokenKind.End || IsOperator(";"))
        {
            return new RaiseNode(null) { Line = line };
        }

        var value = ParseNamedExpression();
        if (TryKeyword("from"))
        {
            ParseNamedExpression();
        }

        return new RaiseNode(value) { Line = line };
    }

    private YieldNode ParseYield()
    {
        var line = Next().Line;
        if (_scope.Function.Kind != ScopeKind.Function)
        {
            throw Invalid("'yield' outside function");
        }

        _scope.Function.IsGenerator = true;
        if (TryKeyword("from"))
        {
            return new YieldNode(ParseNamedExpression(), from: true) { Line = line };
        }

        var bare = Current.Kind is TokenKind.Newline or TokenKind.End || IsOperator(";");
        return new YieldNode(bare ? null : ParseExpressionList(), from: false) { Line = line };
    }

    private PassNode ParseDeclaration()
    {
        var token = Next();
        do
        {
            var symbol = _scope.Function.Declare(ExpectName());
            symbol.IsGlobal |= token.Text == "global";
            symbol.IsNonlocal |= token.Text == "nonlocal";
            if (symbol.IsGlobal)
            {
                _module.WritesGlobals = true;
            }
        }
        while (TryOperator(","));
        return new PassNode { Line = token.Line };
    }

    private Stmt ParseExpressionStatement()
    {
        var line = Line;
        var first = ParseExpressionList();
        if (IsOperator(":"))
        {
            return ParseAnnotated(first, line);
        }

        if (Current.Kind == TokenKind.Operator && AugmentedOperators.TryGetValue(Current.Text, out var op))
        {
            _at++;
            if (first is not (NameNode or SubscriptNode or SliceSubscriptNode))
            {
                AsTarget(first);
                throw Invalid("illegal expression for augmented assignment");
            }

            return new AugmentedAssignNode(AsTarget(first), op, ParseAssigned()) { Line = line };
        }

        if (!IsOperator("="))
        {
            return new ExpressionStatement(first) { Line = line };
        }

        var targets = new List<TargetExpr>();
        var value = first;
        while (TryOperator("="))
        {
            targets.Add(AsTarget(value));
            value = ParseAssigned();
        }

        return new AssignNode([.. targets], value) { Line = line };
    }

    private Expr ParseAssigned() => IsKeyword("yield") ? throw Refuse("'yield' as a value") : ParseExpressionList();

    private Stmt ParseAnnotated(Expr first, int line)
    {
        SkipAnnotation();
        var target = AsTarget(first);
        return TryOperator("=") ? new AssignNode([target], ParseAssigned()) { Line = line } : new PassNode { Line = line };
    }

    /// <summary>Passes over a colon and the annotation after it.</summary>
    private void SkipAnnotation()
    {
        _at++;
        for (var depth = 0; ; _at++)
        {
            var token = Current;
            if (token.Kind is TokenKind.Newline or TokenKind.End)
            {
                return;
            }

            if (token.Kind != TokenKind.Operator)
            {
                continue;
            }

            if (depth == 0 && token.Text is "," or ")" or "=" or ":" && depth == 0)
            {
                return;
            }

            depth += token.Text is "(" or "[" or "{" ? 1 : token.Text is ")" or "]" or "}" ? -1 : 0;
        }
    }

    private static readonly Dictionary<string, BinaryOp> AugmentedOperators = new()
    {
        ["+="] = BinaryOp.Add,
        ["-="] = BinaryOp.Sub,
        ["*="] = BinaryOp.Mul,
        ["/="] = BinaryOp.TrueDiv,
        ["//="] = BinaryOp.FloorDiv,
        ["%="] = BinaryOp.Mod,
        ["**="] = BinaryOp.Pow,
        ["&="] = BinaryOp.BitAnd,
        ["|="] = BinaryOp.BitOr,
        ["^="] = BinaryOp.BitXor,
        ["<<="] = BinaryOp.LeftShift,
        [">>="] = BinaryOp.RightShift,
    };
}
