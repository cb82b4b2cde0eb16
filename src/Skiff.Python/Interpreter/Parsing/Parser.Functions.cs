namespace Skiff.Python.Interpreter;

internal sealed partial class Parser
{
    private DefNode ParseDef()
    {
        var line = Next().Line;
        var name = Reference(ExpectName(), line);
        AsTarget(name);
        var scope = _scope.Child(ScopeKind.Function);
        var code = new FunctionCode(name.Name, scope);
        if (IsOperator("["))
        {
            throw Refuse("a type parameter list");
        }

        Expect("(");
        ParseParameters(code, scope, ")", annotated: true);
        Expect(")");
        if (IsOperator("->"))
        {
            SkipAnnotation();
        }

        var outer = _scope;
        var loops = _loops;
        _scope = scope;
        _loops = 0;
        code.Body = ParseBlock();
        _scope = outer;
        _loops = loops;
        return new DefNode(name, code) { Line = line };
    }

    private LambdaNode ParseLambda()
    {
        Enter();
        var line = Next().Line;
        var scope = _scope.Child(ScopeKind.Function);
        var code = new FunctionCode("<lambda>", scope);
        ParseParameters(code, scope, ":", annotated: false);
        Expect(":");
        var outer = _scope;
        _scope = scope;
        code.Value = ParseExpression();
        _scope = outer;
        Leave();
        return new LambdaNode(code) { Line = line };
    }

    /// <summary>Parses parameters up to the closing token. Defaults belong to the scope around the function.</summary>
    private void ParseParameters(FunctionCode code, Scope scope, string close, bool annotated)
    {
        var named = new List<string>();
        var keywordOnly = new List<string>();
        var defaults = new List<Expr?>();
        var keywordDefaults = new List<Expr?>();
        string? rest = null;
        string? keywords = null;
        var afterStar = false;
        while (!IsOperator(close))
        {
            if (TryOperator("/"))
            {
                code.PositionalOnly = named.Count;
            }
            else if (TryOperator("**"))
            {
                keywords = ParseParameterName(annotated);
            }
            else if (TryOperator("*"))
            {
                afterStar = true;
                if (!IsOperator(","))
                {
                    rest = ParseParameterName(annotated);
                }
            }
            else
            {
                (afterStar ? keywordOnly : named).Add(ParseParameterName(annotated));
                (afterStar ? keywordDefaults : defaults).Add(TryOperator("=") ? ParseExpression() : null);
            }

            if (!TryOperator(","))
            {
                break;
            }
        }

        code.Positional = named.Count;
        code.Named = named.Count + keywordOnly.Count;
        code.HasRest = rest is not null;
        code.HasKeywords = keywords is not null;
        List<string> all = [.. named, .. keywordOnly];
        all.AddRange(rest is null ? [] : [rest]);
        all.AddRange(keywords is null ? [] : [keywords]);
        code.Parameters = [.. all];
        Expr?[] allDefaults = [.. defaults, .. keywordDefaults];
        code.Defaults = Array.TrueForAll(allDefaults, d => d is null) ? [] : allDefaults;
        foreach (var parameter in all)
        {
            if (scope.Symbols.ContainsKey(parameter))
            {
                throw Invalid($"duplicate parameter '{parameter}' in function definition");
            }

            scope.Declare(parameter);
        }
    }

    private string ParseParameterName(bool annotated)
    {
        var name = ExpectName();
        if (annotated && IsOperator(":"))
        {
            SkipAnnotation();
        }

        return name;
    }

    private BlockNode ParseImport()
    {
        var line = Next().Line;
        var statements = new List<Stmt>();
        do
        {
            var dotted = ParseDottedName();
            var alias = TryKeyword("as") ? ExpectName() : null;
            var name = alias ?? dotted.Split('.')[0];
            if (_scope.Kind == ScopeKind.Module && !_module.IsReached(name))
            {
                continue;
            }

            var target = Reference(name, line);
            AsTarget(target);
            statements.Add(new ImportNode(target, _module.Import(dotted, whole: alias is not null, line)) { Line = line });
        }
        while (TryOperator(","));
        return new BlockNode([.. statements]) { Line = line };
    }

    private BlockNode ParseFromImport()
    {
        var line = Next().Line;
        if (IsOperator(".") || IsOperator("..."))
        {
            throw Refuse("a relative import");
        }

        var module = ParseDottedName();
        ExpectKeyword("import");
        if (IsOperator("*"))
        {
            throw Refuse($"'from {module} import *'");
        }

        var parenthesized = TryOperator("(");
        var statements = new List<Stmt>();
        do
        {
            if (IsOperator(")"))
            {
                break;
            }

            var member = ExpectName();
            var name = TryKeyword("as") ? ExpectName() : member;
            if (_scope.Kind == ScopeKind.Module && !_module.IsReached(name))
            {
                continue;
            }

            var target = Reference(name, line);
            AsTarget(target);
            statements.Add(new ImportNode(target, _module.ImportMember(module, member, line)) { Line = line });
        }
        while (TryOperator(","));
        if (parenthesized)
        {
            Expect(")");
        }

        return new BlockNode([.. statements]) { Line = line };
    }

    private string ParseDottedName()
    {
        var name = ExpectName();
        while (TryOperator("."))
        {
            name += "." + ExpectName();
        }

        return name;
    }
}
