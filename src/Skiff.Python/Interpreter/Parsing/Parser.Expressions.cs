namespace Skiff.Python.Interpreter;

internal sealed partial class Parser
{
    private const int BitOrPrecedence = 5;

    /// <summary>Expressions with commas between them: a tuple, where there is a comma.</summary>
    private Expr ParseExpressionList()
    {
        var line = Line;
        if (IsKeyword("yield"))
        {
            throw Refuse("'yield' as a value");
        }

        var first = ParseStarOrNamed();
        if (!IsOperator(","))
        {
            return first is StarNode ? throw Invalid("can't use starred expression here") : first;
        }

        var items = new List<Expr> { first };
        while (TryOperator(",") && !EndsList())
        {
            items.Add(ParseStarOrNamed());
        }

        return MakeTuple(items, line);
    }

    private bool EndsList()
        => Current.Kind is TokenKind.Newline or TokenKind.End or TokenKind.Dedent
            || (Current.Kind == TokenKind.Operator && (Current.Text is ")" or "]" or "}" or "=" or ":" or ";" || AugmentedOperators.ContainsKey(Current.Text)))
            || IsKeyword("in") || IsKeyword("as") || IsKeyword("for");

    private static Expr MakeTuple(List<Expr> items, int line)
    {
        return items.TrueForAll(i => i is ConstantNode)
            ? new ConstantNode(new PyTuple([.. items.Select(i => ((ConstantNode)i).Value)])) { Line = line }
            : new TupleNode([.. items]) { Line = line };
    }

    private Expr ParseStarOrNamed()
    {
        if (!IsOperator("*"))
        {
            return ParseNamedExpression();
        }

        var line = Next().Line;
        return new StarNode(ParseBinary(BitOrPrecedence)) { Line = line };
    }

    /// <summary>What a for statement or a comprehension binds.</summary>
    private Expr ParseTargetList()
    {
        var line = Line;
        var first = ParseTarget();
        if (!IsOperator(","))
        {
            return first;
        }

        var items = new List<Expr> { first };
        while (TryOperator(",") && !EndsList())
        {
            items.Add(ParseTarget());
        }

        return new TupleNode([.. items]) { Line = line };
    }

    private Expr ParseTarget()
    {
        if (IsOperator("*"))
        {
            var line = Next().Line;
            return new StarNode(ParseBinary(BitOrPrecedence)) { Line = line };
        }

        return ParseBinary(BitOrPrecedence);
    }

    private Expr ParseNamedExpression()
    {
        if (Current.Kind != TokenKind.Name || !_tokens[_at + 1].IsOperator(":="))
        {
            return ParseExpression();
        }

        var line = Line;
        var name = Reference(ExpectName(), line);
        _at++;
        var owner = _scope;
        while (owner.Kind is ScopeKind.Comprehension or ScopeKind.Generator)
        {
            owner = owner.Parent!;
        }

        AsTarget(name, owner);
        return new WalrusNode(name, ParseExpression()) { Line = line };
    }

    private Expr ParseExpression()
    {
        if (IsKeyword("lambda"))
        {
            return ParseLambda();
        }

        Enter();
        var value = ParseOr();
        if (IsKeyword("if"))
        {
            var line = Next().Line;
            var condition = ParseOr();
            ExpectKeyword("else");
            value = new ConditionalNode(condition, value, ParseExpression()) { Line = line };
        }

        Leave();
        return value;
    }

    private Expr ParseOr()
    {
        var left = ParseAnd();
        for (var count = 0; IsKeyword("or"); count++)
        {
            CheckChain(count);
            var line = Next().Line;
            left = new OrNode(left, ParseAnd()) { Line = line };
        }

        return left;
    }

    private Expr ParseAnd()
    {
        var left = ParseNot();
        for (var count = 0; IsKeyword("and"); count++)
        {
            CheckChain(count);
            var line = Next().Line;
            left = new AndNode(left, ParseNot()) { Line = line };
        }

        return left;
    }

    /// <summary>A chain of operators is as deep as it is long when it runs.</summary>
    private void CheckChain(int count)
    {
        if (count > MaximumChain)
        {
            throw _module.Refuse(Line, "nesting", $"an expression has more than {MaximumChain} operators in a row");
        }
    }

    private const int MaximumChain = 250;

    private Expr ParseNot()
    {
        if (!IsKeyword("not"))
        {
            return ParseComparison();
        }

        Enter();
        var line = Next().Line;
        var node = new NotNode(ParseNot()) { Line = line };
        Leave();
        return node;
    }

    private Expr ParseComparison()
    {
        var first = ParseBinary(BitOrPrecedence);
        var line = Line;
        var ops = new List<CompareOp>();
        var rest = new List<Expr>();
        while (TryCompareOperator(out var op))
        {
            ops.Add(op);
            var operand = ParseBinary(BitOrPrecedence);
            rest.Add(op is CompareOp.In or CompareOp.NotIn ? FoldContainer(operand) : operand);
        }

        return ops.Count switch
        {
            0 => first,
            1 => new CompareNode(ops[0], first, rest[0]) { Line = line },
            _ => new CompareChainNode(first, [.. ops], [.. rest]) { Line = line },
        };
    }

    /// <summary>A display of constants behind "in" is made once.</summary>
    private static Expr FoldContainer(Expr operand)
    {
        var items = operand is ListNode list ? list.Items : operand is SetNode set ? set.Items : [];
        return items.Length > 0 && items.Length <= 8 && Array.TrueForAll(items, i => i is ConstantNode { Value.Obj: PyStr or PyTag })
            ? new ConstantNode(new PyTuple(Array.ConvertAll(items, i => ((ConstantNode)i).Value))) { Line = operand.Line }
            : operand;
    }

    private bool TryCompareOperator(out CompareOp op)
    {
        op = default;
        var token = Current;
        if (token.Kind == TokenKind.Operator)
        {
            var found = token.Text switch
            {
                "==" => CompareOp.Equal,
                "!=" => CompareOp.NotEqual,
                "<" => CompareOp.Less,
                "<=" => CompareOp.LessEqual,
                ">" => CompareOp.Greater,
                ">=" => CompareOp.GreaterEqual,
                _ => (CompareOp?)null,
            };
            if (found is null)
            {
                return false;
            }

            op = found.Value;
            _at++;
            return true;
        }

        if (TryKeyword("in"))
        {
            op = CompareOp.In;
            return true;
        }

        if (IsKeyword("not") && _tokens[_at + 1].IsName("in"))
        {
            _at += 2;
            op = CompareOp.NotIn;
            return true;
        }

        if (!TryKeyword("is"))
        {
            return false;
        }

        op = TryKeyword("not") ? CompareOp.IsNot : CompareOp.Is;
        return true;
    }

    private Expr ParseBinary(int precedence)
    {
        Enter();
        var left = ParseUnary();
        for (var count = 0; Current.Kind == TokenKind.Operator && BinaryOperators.TryGetValue(Current.Text, out var found) && found.Precedence >= precedence; count++)
        {
            CheckChain(count);
            var line = Next().Line;
            var right = ParseBinary(found.Precedence + 1);
            left = Fold(found.Op, left, right, line);
        }

        if (IsOperator("@"))
        {
            throw Refuse("operator @");
        }

        Leave();
        return left;
    }

    private static Expr Fold(BinaryOp op, Expr left, Expr right, int line)
    {
        if (op == BinaryOp.Add && left is ConstantNode { Value.Obj: PyStr a } && right is ConstantNode { Value.Obj: PyStr b })
        {
            byte[] joined = [.. a.Span, .. b.Span];
            return new ConstantNode(PyStr.FromBytes(joined)) { Line = line };
        }

        return new BinaryNode(op, left, right) { Line = line };
    }

    private Expr ParseUnary()
    {
        var token = Current;
        if (token.Kind != TokenKind.Operator || token.Text is not ("-" or "+" or "~"))
        {
            return ParsePower();
        }

        Enter();
        _at++;
        var operand = ParseUnary();
        Leave();
        if (operand is ConstantNode { Value: var constant } && token.Text == "-")
        {
            if (constant.IsInt && constant.Bits != long.MinValue)
            {
                return new ConstantNode(PyValue.Of(-constant.Bits)) { Line = token.Line };
            }

            if (constant.IsFloat)
            {
                return new ConstantNode(PyValue.Of(-constant.Double)) { Line = token.Line };
            }
        }

        var op = token.Text == "-" ? UnaryOp.Minus : token.Text == "+" ? UnaryOp.Plus : UnaryOp.Invert;
        return new UnaryNode(op, operand) { Line = token.Line };
    }

    private Expr ParsePower()
    {
        var left = ParsePrimary();
        if (!IsOperator("**"))
        {
            return left;
        }

        Enter();
        var line = Next().Line;
        var node = new BinaryNode(BinaryOp.Pow, left, ParseUnary()) { Line = line };
        Leave();
        return node;
    }

    private static readonly Dictionary<string, (int Precedence, BinaryOp Op)> BinaryOperators = new()
    {
        ["|"] = (BitOrPrecedence, BinaryOp.BitOr),
        ["^"] = (6, BinaryOp.BitXor),
        ["&"] = (7, BinaryOp.BitAnd),
        ["<<"] = (8, BinaryOp.LeftShift),
        [">>"] = (8, BinaryOp.RightShift),
        ["+"] = (9, BinaryOp.Add),
        ["-"] = (9, BinaryOp.Sub),
        ["*"] = (10, BinaryOp.Mul),
        ["/"] = (10, BinaryOp.TrueDiv),
        ["//"] = (10, BinaryOp.FloorDiv),
        ["%"] = (10, BinaryOp.Mod),
    };
}
