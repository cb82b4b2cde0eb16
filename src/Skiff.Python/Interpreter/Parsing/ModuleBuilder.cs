namespace Skiff.Python.Interpreter;

/// <summary>Finds what a named function reaches in its file, parses that, and runs the reached statements of the top level in their order.</summary>
internal sealed class ModuleBuilder
{
    private readonly List<TopLevelStatement> _statements;
    private readonly Dictionary<string, List<TopLevelStatement>> _binders = [];
    private readonly Dictionary<string, int> _globals = [];
    private readonly Queue<string> _queue = new();
    private readonly HashSet<string> _reached = [];
    private readonly List<Expr> _attributes = [];

    public ModuleBuilder(byte[] source, string fileName)
    {
        Source = source;
        FileName = fileName;
        Tokens = Lexer.Tokenize(source, fileName);
        _statements = TopLevelScanner.Scan(Tokens);
        foreach (var statement in _statements)
        {
            foreach (var name in statement.Names)
            {
                if (!_binders.TryGetValue(name, out var list))
                {
                    _binders.Add(name, list = []);
                }

                list.Add(statement);
            }
        }
    }

    public byte[] Source { get; }

    public string FileName { get; }

    public IReadOnlyList<Token> Tokens { get; }

    /// <summary>Whether a reached function assigns to the module's variables, so that each call needs its own.</summary>
    public bool WritesGlobals { get; set; }

    public PySourceException Refuse(int line, string construct, string reason) => new(FileName, line, construct, reason);

    public bool IsReached(string name) => _reached.Contains(name);

    public bool Defines(string name) => _binders.ContainsKey(name);

    /// <summary>Parses all that a name reaches and runs it; answers the module's variables.</summary>
    public PyValue[] Run(string functionName, PyContext ctx, PyBudgetOptions budget, out PyValue function)
    {
        var index = GlobalIndex(functionName);
        while (_queue.TryDequeue(out var name))
        {
            foreach (var statement in _binders.GetValueOrDefault(name, []))
            {
                if (statement.Node is null || statement.HasImport)
                {
                    Parse(statement);
                }
            }
        }

        // After all imports: that a module is missing says more than that one of its members is.
        foreach (var node in _attributes)
        {
            Link(node);
        }

        var globals = new PyValue[_globals.Count];
        ctx.Begin(budget, globals);
        foreach (var statement in _statements)
        {
            if (statement.Node is null)
            {
                continue;
            }

            var frame = new Frame(ctx);
            frame.Prepare(statement.Unit!.SlotCount);
            foreach (var slot in statement.Unit.CellSlots)
            {
                frame.Slots[slot] = new PyCell();
            }

            statement.Node.Exec(frame);
        }

        function = globals[index];
        if (!Freezer.TryFreeze(globals))
        {
            throw Refuse(0, "iterator", $"what {functionName} reaches holds an iterator at the top level of the file (map, zip, a generator), which calls would share: make it a list");
        }

        return globals;
    }

    /// <summary>Binds a name that is no variable of a function: to the module's, which makes it reached, or to a builtin.</summary>
    public void BindGlobal(NameNode name)
    {
        if (_binders.ContainsKey(name.Name) || _globals.ContainsKey(name.Name))
        {
            name.Bind(NameKind.Global, GlobalIndex(name.Name));
            return;
        }

        if (BuiltinNames.Find(name.Name) is { IsUnbound: false } builtin)
        {
            name.BindBuiltin(builtin);
            return;
        }

        if (WritesGlobals)
        {
            name.Bind(NameKind.Global, GlobalIndex(name.Name));
            return;
        }

        if (BuiltinNames.IsUnsupported(name.Name) || name.Name.StartsWith("__", StringComparison.Ordinal))
        {
            throw Refuse(name.Line, $"builtin {name.Name}", $"builtin {name.Name} is not supported in a function that a model uses");
        }

        var star = _binders.TryGetValue("*", out var imports) ? $" (the star import of line {imports[0].Line} is not followed)" : "";
        throw Refuse(name.Line, $"name '{name.Name}'", $"name '{name.Name}' is not defined in this file{star}");
    }

    /// <summary>Notes an attribute, to be judged when it is known what its target is.</summary>
    public void CheckAttribute(Expr node) => _attributes.Add(node);

    public PyValue Import(string dotted, bool whole, int line)
    {
        if (ModuleTable.Find(dotted) is not { } module)
        {
            throw RefuseImport(dotted, line);
        }

        return !whole && dotted.Contains('.') ? throw RefuseImport(dotted, line) : module;
    }

    public PyValue ImportMember(string dotted, string member, int line)
    {
        if (ModuleTable.Find(dotted) is { } module)
        {
            return module.Members.TryGetValue(member, out var value)
                ? value
                : throw Refuse(line, $"{dotted}.{member}", $"{dotted}.{member} is not supported in a function that a model uses");
        }

        return ModuleTable.Find($"{dotted}.{member}") is { } inner ? inner : throw RefuseImport(dotted, line);
    }

    private PySourceException RefuseImport(string dotted, int line)
        => Refuse(line, $"import of {dotted}", $"import of {dotted} is not supported in a function that a model uses (what may be imported: {ModuleTable.Listed})");

    private int GlobalIndex(string name)
    {
        if (!_globals.TryGetValue(name, out var index))
        {
            _globals.Add(name, index = _globals.Count);
        }

        if (_reached.Add(name))
        {
            _queue.Enqueue(name);
        }

        return index;
    }

    private void Parse(TopLevelStatement statement)
    {
        statement.Unit = new Scope(ScopeKind.Module, null);
        statement.Node = Parser.ParseTopLevel(this, statement.Start, statement.Unit);
        Resolver.Resolve(statement.Unit, this);
    }

    private void Link(Expr node)
    {
        var (target, name) = node is MethodCallNode call ? (call.Target, call.Name) : (((AttributeNode)node).Target, ((AttributeNode)node).Name);
        if (target is NameNode { Kind: NameKind.Global } global && ModuleOf(global.Name) is { } module)
        {
            if (!module.Members.TryGetValue(name, out var member))
            {
                throw Refuse(node.Line, $"{module.Name}.{name}", $"{module.Name}.{name} is not supported in a function that a model uses");
            }

            (node as MethodCallNode)?.Link(member);
            (node as AttributeNode)?.Link(member);
        }
        else if (!Attributes.IsKnown(name))
        {
            throw Refuse(node.Line, $"attribute .{name}", $"attribute .{name} is not supported in a function that a model uses");
        }
    }

    /// <summary>The module a global stands for, where one import is all that ever binds it.</summary>
    private PyModuleValue? ModuleOf(string name)
        => !WritesGlobals && _binders.TryGetValue(name, out var binders) && binders.Count == 1 && binders[0].IsImport
            ? ImportScanner.ModuleOf(Tokens, binders[0].Start, name)
            : null;
}
