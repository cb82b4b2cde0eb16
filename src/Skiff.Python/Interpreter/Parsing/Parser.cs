using System.Runtime.CompilerServices;

namespace Skiff.Python.Interpreter;

/// <summary>
/// Parses one top-level statement of a file, or an expression inside an f-string, into nodes. Statements that are not supported are refused by
/// name; the file's other statements are never looked at.
/// </summary>
internal sealed partial class Parser
{
    private const int MaximumNesting = 100;

    private readonly ModuleBuilder _module;
    private readonly IReadOnlyList<Token> _tokens;
    private Scope _scope;
    private int _at;
    private int _nesting;
    private int _loops;

    private Parser(ModuleBuilder module, IReadOnlyList<Token> tokens, int at, Scope scope, int nesting)
    {
        _module = module;
        _tokens = tokens;
        _at = at;
        _scope = scope;
        _nesting = nesting;
    }

    /// <summary>Parses the top-level statement that starts at a token.</summary>
    public static Stmt ParseTopLevel(ModuleBuilder module, int start, Scope unit)
        => new Parser(module, module.Tokens, start, unit, 0).ParseStatement();

    private Token Current => _tokens[_at];

    private int Line => _tokens[_at].Line;

    private Token Next() => _tokens[_at++];

    private bool IsOperator(string text) => Current.IsOperator(text);

    private bool IsKeyword(string text) => Current.IsName(text);

    private bool TryOperator(string text)
    {
        if (!IsOperator(text))
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool TryKeyword(string text)
    {
        if (!IsKeyword(text))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(string op)
    {
        if (!TryOperator(op))
        {
            throw Invalid($"expected '{op}'");
        }
    }

    private void ExpectKeyword(string word)
    {
        if (!TryKeyword(word))
        {
            throw Invalid($"expected '{word}'");
        }
    }

    private string ExpectName()
    {
        if (Current.Kind != TokenKind.Name || Keywords.IsReserved(Current.Text))
        {
            throw Invalid("expected a name");
        }

        return Next().Text;
    }

    private void Enter()
    {
        if (++_nesting > MaximumNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw _module.Refuse(Line, "nesting", $"expressions and blocks are nested more than {MaximumNesting} deep");
        }
    }

    private void Leave() => _nesting--;

    private PySourceException Invalid(string what) => _module.Refuse(Line, "syntax", $"not Python: {what}");

    private PySourceException Refuse(string construct) => Refuse(construct, Line);

    private PySourceException Refuse(string construct, int line)
        => _module.Refuse(line, construct, $"{construct} is not supported in a function that a model uses");

    /// <summary>A name that is looked up, known to the scope so that it can be resolved.</summary>
    private NameNode Reference(string name, int line)
    {
        var node = new NameNode(name) { Line = line };
        _scope.References.Add(node);
        return node;
    }

    /// <summary>Makes the names of a target variables of the scope.</summary>
    private TargetExpr AsTarget(Expr expression, Scope? declareIn = null)
    {
        switch (expression)
        {
            case NameNode name:
                (declareIn ?? _scope).Declare(name.Name);
                return name;
            case StarNode star:
                AsTarget(star.Inner, declareIn);
                return star;
            case TupleNode tuple:
                CheckTargets(tuple.Items, declareIn);
                return tuple;
            case ListNode list:
                CheckTargets(list.Items, declareIn);
                return list;
            case SubscriptNode or SliceSubscriptNode:
                return (TargetExpr)expression;
            case AttributeNode attribute:
                throw Refuse($"assignment to the attribute .{attribute.Name}", expression.Line);
            default:
                throw Invalid("cannot assign to this expression");
        }
    }

    private void CheckTargets(Expr[] items, Scope? declareIn)
    {
        if (items.Count(i => i is StarNode) > 1)
        {
            throw Invalid("multiple starred expressions in assignment");
        }

        foreach (var item in items)
        {
            AsTarget(item, declareIn);
        }
    }
}
