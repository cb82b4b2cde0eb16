namespace Skiff.Python.Interpreter;

/// <summary>Where names live while a statement of the file is parsed: the file itself, a function, or a comprehension inside either.</summary>
internal sealed class Scope(ScopeKind kind, Scope? parent)
{
    public ScopeKind Kind { get; set; } = kind;

    public Scope? Parent { get; set; } = parent;

    public Dictionary<string, Symbol> Symbols { get; } = [];

    public List<NameNode> References { get; } = [];

    public List<Scope> Children { get; } = [];

    /// <summary>For a function: the variables of outer functions it uses, in the order of its closure.</summary>
    public List<Symbol> Free { get; } = [];

    /// <summary>For each of <see cref="Free"/>: a slot of the function around (0 and up), or the complement of an index into its own closure.</summary>
    public List<int> FreeSources { get; } = [];

    /// <summary>For a function: how many variables it has, those of its comprehensions included.</summary>
    public int SlotCount { get; set; }

    /// <summary>For a function: the slots that hold cells.</summary>
    public List<int> CellSlots { get; } = [];

    public bool IsGenerator { get; set; }

    public Scope Function
    {
        get
        {
            var scope = this;
            while (scope.Kind == ScopeKind.Comprehension)
            {
                scope = scope.Parent!;
            }

            return scope;
        }
    }

    /// <summary>The name that a function of this scope is called by: <c>outer.&lt;locals&gt;.inner</c>.</summary>
    public string Qualify(string name)
    {
        Name = name;
        for (var scope = Parent; scope is not null; scope = scope.Parent)
        {
            if (scope.Name is not null)
            {
                name = $"{scope.Name}.<locals>.{name}";
            }
        }

        return name;
    }

    private string? Name { get; set; }

    public Scope Child(ScopeKind kind)
    {
        var child = new Scope(kind, this);
        Children.Add(child);
        return child;
    }

    public Symbol Declare(string name)
    {
        if (!Symbols.TryGetValue(name, out var symbol))
        {
            Symbols.Add(name, symbol = new Symbol(name, this));
        }

        return symbol;
    }
}

/// <summary>What kind of scope it is.</summary>
internal enum ScopeKind : byte
{
    Module,
    Function,
    Comprehension,

    /// <summary>A generator expression: a function of its own, which assignment expressions look through.</summary>
    Generator,
}

/// <summary>A name in a scope.</summary>
internal sealed class Symbol(string name, Scope owner)
{
    public string Name { get; } = name;

    public Scope Owner { get; } = owner;

    public bool IsGlobal { get; set; }

    public bool IsNonlocal { get; set; }

    public bool IsCaptured { get; set; }

    public int Slot { get; set; } = -1;
}
