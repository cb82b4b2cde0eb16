namespace Skiff.Python.Interpreter;

internal sealed partial class Parser
{
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
