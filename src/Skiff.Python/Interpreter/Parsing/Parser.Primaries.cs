using System.Globalization;
using System.Numerics;
using System.Text;
using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

internal sealed partial class Parser
{
    private Expr ParsePrimary()
    {
        var value = ParseAtom();
        for (var count = 0; Current.Kind == TokenKind.Operator; count++)
        {
            CheckChain(count);
            var line = Line;
            if (TryOperator("("))
            {
                value = new CallNode(value, ParseArguments()) { Line = line };
            }
            else if (TryOperator("["))
            {
                value = ParseSubscript(value, line);
            }
            else if (TryOperator("."))
            {
                value = ParseAttribute(value, line);
            }
            else
            {
                break;
            }
        }

        return value;
    }

    private Expr ParseAttribute(Expr target, int line)
    {
        var name = ExpectName();
        if (name.StartsWith('_'))
        {
            throw _module.Refuse(line, $"attribute .{name}", $"attribute .{name} is not allowed: names that begin with an underscore are out of reach");
        }

        if (!TryOperator("("))
        {
            var attribute = new AttributeNode(target, name) { Line = line };
            _module.CheckAttribute(attribute);
            return attribute;
        }

        var call = new MethodCallNode(target, name, ParseArguments()) { Line = line };
        _module.CheckAttribute(call);
        return call;
    }

    private Expr ParseSubscript(Expr target, int line)
    {
        var first = ParseSubscriptItem();
        if (!IsOperator(","))
        {
            Expect("]");
            return first is SliceNode slice
                ? new SliceSubscriptNode(target, slice) { Line = line }
                : new SubscriptNode(target, first is StarNode ? new TupleNode([first]) { Line = line } : first) { Line = line };
        }

        var items = new List<Expr> { first };
        while (TryOperator(",") && !IsOperator("]"))
        {
            items.Add(ParseSubscriptItem());
        }

        Expect("]");
        return new SubscriptNode(target, MakeTuple(items, line)) { Line = line };
    }

    private Expr ParseSubscriptItem()
    {
        var line = Line;
        var start = IsOperator(":") ? null : ParseStarOrNamed();
        if (!TryOperator(":"))
        {
            return start!;
        }

        if (start is StarNode)
        {
            throw Invalid("cannot use starred expression here");
        }

        var stop = IsOperator(":") || IsOperator("]") || IsOperator(",") ? null : ParseExpression();
        Expr? step = null;
        if (TryOperator(":") && !IsOperator("]") && !IsOperator(","))
        {
            step = ParseExpression();
        }

        return new SliceNode(start, stop, step) { Line = line };
    }

    private ArgumentList ParseArguments()
    {
        var positional = new List<Expr>();
        var names = new List<string?>();
        var values = new List<Expr>();
        while (!IsOperator(")"))
        {
            if (TryOperator("**"))
            {
                names.Add(null);
                values.Add(ParseExpression());
            }
            else if (Current.Kind == TokenKind.Name && _tokens[_at + 1].IsOperator("="))
            {
                names.Add(ExpectName());
                _at++;
                values.Add(ParseExpression());
            }
            else
            {
                ParsePositional(positional, names.Contains(null) || names.Count > 0);
            }

            if (!TryOperator(","))
            {
                break;
            }
        }

        Expect(")");
        return new ArgumentList([.. positional], [.. names], [.. values]);
    }

    private void ParsePositional(List<Expr> positional, bool afterKeyword)
    {
        var mark = MarkScope();
        var line = Line;
        var value = ParseStarOrNamed();
        if (afterKeyword && value is not StarNode)
        {
            throw Invalid("positional argument follows keyword argument");
        }

        positional.Add(IsComprehension() ? ParseGenerator(value, mark, line) : value);
    }

    private Expr ParseAtom()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                return ParseNameAtom(token);
            case TokenKind.Number:
                _at++;
                return new ConstantNode(ParseNumber(token)) { Line = token.Line };
            case TokenKind.String or TokenKind.FString:
                return ParseStrings();
            case TokenKind.Operator when token.Text == "(":
                return ParseParenthesized();
            case TokenKind.Operator when token.Text == "[":
                return ParseListDisplay();
            case TokenKind.Operator when token.Text == "{":
                return ParseBraces();
            case TokenKind.Operator when token.Text == "...":
                _at++;
                return new ConstantNode(new PyValue(PyTag.Ellipsis)) { Line = token.Line };
            default:
                throw Invalid("invalid syntax");
        }
    }

    private Expr ParseNameAtom(Token token)
    {
        switch (token.Text)
        {
            case "None":
                _at++;
                return new ConstantNode(PyValue.None) { Line = token.Line };
            case "True":
                _at++;
                return new ConstantNode(PyValue.True) { Line = token.Line };
            case "False":
                _at++;
                return new ConstantNode(PyValue.False) { Line = token.Line };
            case "await" or "yield":
                throw Refuse(token.Text == "yield" ? "'yield' as a value" : "'await'");
            case "lambda":
                return ParseLambda();
        }

        return Reference(ExpectName(), token.Line);
    }

    private Expr ParseParenthesized()
    {
        Enter();
        var line = Next().Line;
        if (TryOperator(")"))
        {
            Leave();
            return new ConstantNode(PyTuple.Empty) { Line = line };
        }

        var mark = MarkScope();
        var first = ParseStarOrNamed();
        Expr result;
        if (IsComprehension())
        {
            RefuseStar(first);
            result = ParseGenerator(first, mark, line);
        }
        else if (IsOperator(","))
        {
            var items = new List<Expr> { first };
            while (TryOperator(",") && !IsOperator(")"))
            {
                items.Add(ParseStarOrNamed());
            }

            result = MakeTuple(items, line);
        }
        else
        {
            result = first is StarNode ? throw Invalid("cannot use starred expression here") : first;
        }

        Expect(")");
        Leave();
        return result;
    }

    private Expr ParseListDisplay()
    {
        Enter();
        var line = Next().Line;
        var items = new List<Expr>();
        while (!IsOperator("]"))
        {
            var mark = MarkScope();
            var item = ParseStarOrNamed();
            if (items.Count == 0 && IsComprehension())
            {
                RefuseStar(item);
                var inner = OpenComprehension(ScopeKind.Comprehension, mark);
                var clauses = ParseClauses(inner);
                Expect("]");
                Leave();
                return new ListComprehensionNode(item, clauses) { Line = line };
            }

            items.Add(item);
            if (!TryOperator(","))
            {
                break;
            }
        }

        Expect("]");
        Leave();
        return new ListNode([.. items]) { Line = line };
    }

    private Expr ParseBraces()
    {
        Enter();
        var line = Next().Line;
        var keys = new List<Expr?>();
        var values = new List<Expr>();
        var isSet = false;
        while (!IsOperator("}"))
        {
            var mark = MarkScope();
            if (!isSet && TryOperator("**"))
            {
                keys.Add(null);
                values.Add(ParseBinary(BitOrPrecedence));
            }
            else
            {
                var item = ParseStarOrNamed();
                var isElement = !IsOperator(":");
                if ((values.Count > 0 && isElement != isSet) || (!isElement && item is StarNode))
                {
                    throw Invalid(item is StarNode ? "cannot use starred expression here" : "a display is a set or a dict, not both");
                }

                isSet = isElement;
                var value = isSet ? null : ParseDictValue();
                if (IsComprehension() && values.Count == 0)
                {
                    RefuseStar(item);
                    return FinishBraceComprehension(item, value, mark, line);
                }

                keys.Add(isSet ? null : item);
                values.Add(value ?? item);
            }

            if (!TryOperator(","))
            {
                break;
            }
        }

        Expect("}");
        Leave();
        return isSet ? new SetNode([.. values]) { Line = line } : new DictNode([.. keys], [.. values]) { Line = line };
    }

    private void RefuseStar(Expr item)
    {
        if (item is StarNode)
        {
            throw Invalid("iterable unpacking cannot be used in comprehension");
        }
    }

    private Expr ParseDictValue()
    {
        Expect(":");
        return ParseExpression();
    }

    private Expr FinishBraceComprehension(Expr item, Expr? value, (int References, int Children) mark, int line)
    {
        var inner = OpenComprehension(ScopeKind.Comprehension, mark);
        var clauses = ParseClauses(inner);
        Expect("}");
        Leave();
        return value is null
            ? new SetComprehensionNode(item, clauses) { Line = line }
            : new DictComprehensionNode(item, value, clauses) { Line = line };
    }

    private PyValue ParseNumber(Token token)
    {
        var text = Encoding.ASCII.GetString(_module.Source, token.Start, token.End - token.Start);
        if (text.Contains("__", StringComparison.Ordinal) || text.EndsWith('_'))
        {
            throw Invalid("invalid number literal");
        }

        text = text.Replace("_", "", StringComparison.Ordinal);
        if (text.EndsWith('j') || text.EndsWith('J'))
        {
            throw Refuse("a complex number", token.Line);
        }

        if (text.Length > 2 && text[0] == '0' && char.ToLowerInvariant(text[1]) is 'x' or 'o' or 'b')
        {
            return ParseRadix(text);
        }

        if (text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0)
        {
            return PyFloat.TryParse(Encoding.ASCII.GetBytes(text), out var number) ? PyValue.Of(number) : throw Invalid("invalid number literal");
        }

        if (text.Length > 4300 || (text.Length > 1 && text[0] == '0' && text.AsSpan().Trim('0').Length > 0))
        {
            throw Invalid("invalid integer literal");
        }

        return PyValue.Of(BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private PyValue ParseRadix(string text)
    {
        var radix = char.ToLowerInvariant(text[1]) == 'x' ? 16 : char.ToLowerInvariant(text[1]) == 'o' ? 8 : 2;
        if (text.Length > 4300)
        {
            throw Invalid("invalid integer literal");
        }

        var value = BigInteger.Zero;
        foreach (var c in text.AsSpan(2))
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
            if (digit >= radix)
            {
                throw Invalid("invalid digit in integer literal");
            }

            value = (value * radix) + digit;
        }

        return PyValue.Of(value);
    }
}
