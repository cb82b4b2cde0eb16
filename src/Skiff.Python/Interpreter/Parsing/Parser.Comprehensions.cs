namespace Skiff.Python.Interpreter;

internal sealed partial class Parser
{
    private bool IsComprehension()
    {
        if (IsKeyword("async"))
        {
            throw Refuse("'async'");
        }

        return IsKeyword("for");
    }

    private (int References, int Children) MarkScope() => (_scope.References.Count, _scope.Children.Count);

    /// <summary>
    /// Opens the scope of a comprehension whose element has been parsed already, and moves what the element refers to into it:
    /// that it is a comprehension shows only now.
    /// </summary>
    private Scope OpenComprehension(ScopeKind kind, (int References, int Children) mark)
    {
        var outer = _scope;
        var references = outer.References[mark.References..];
        var children = outer.Children[mark.Children..];
        outer.References.RemoveRange(mark.References, references.Count);
        outer.Children.RemoveRange(mark.Children, children.Count);
        var inner = outer.Child(kind);
        inner.References.AddRange(references);
        inner.Children.AddRange(children);
        foreach (var child in children)
        {
            child.Parent = inner;
        }

        return inner;
    }

    private GeneratorNode ParseGenerator(Expr element, (int References, int Children) mark, int line)
    {
        var inner = OpenComprehension(ScopeKind.Generator, mark);
        var clauses = ParseClauses(inner);
        return new GeneratorNode(clauses[0].Source, new FunctionCode("<genexpr>", inner), element, clauses) { Line = line };
    }

    /// <summary>Parses the for and if clauses; the first iterable belongs to the scope around the comprehension.</summary>
    private ComprehensionClause[] ParseClauses(Scope inner)
    {
        var outer = _scope;
        var clauses = new List<ComprehensionClause>();
        while (true)
        {
            if (IsComprehension())
            {
                _at++;
                _scope = inner;
                var target = AsTarget(ParseTargetList());
                ExpectKeyword("in");
                _scope = clauses.Count == 0 ? outer : inner;
                clauses.Add(new ComprehensionClause(target, ParseOr()));
            }
            else if (TryKeyword("if"))
            {
                _scope = inner;
                clauses.Add(new ComprehensionClause(null, ParseCondition()));
            }
            else
            {
                break;
            }
        }

        _scope = outer;
        return [.. clauses];
    }

    private Expr ParseCondition()
    {
        if (Current.Kind == TokenKind.Name && _tokens[_at + 1].IsOperator(":="))
        {
            return ParseNamedExpression();
        }

        return ParseOr();
    }
}
