namespace Skiff.Python.Interpreter;

/// <summary>Turns names into slots, cells and global indices, once a top-level statement has been parsed whole.</summary>
internal static class Resolver
{
    public static void Resolve(Scope unit, ModuleBuilder module)
    {
        var scopes = new List<Scope> { unit };
        for (var i = 0; i < scopes.Count; i++)
        {
            scopes.AddRange(scopes[i].Children);
        }

        foreach (var scope in scopes)
        {
            foreach (var name in scope.References)
            {
                if (Find(scope, name.Name) is { } symbol && symbol.Owner.Function != scope.Function)
                {
                    symbol.IsCaptured = true;
                }
            }
        }

        foreach (var scope in scopes)
        {
            AssignSlots(scope);
        }

        foreach (var scope in scopes)
        {
            foreach (var name in scope.References)
            {
                Bind(scope, name, module);
            }
        }
    }

    /// <summary>The variable that a name means, or null for one of the module or a builtin.</summary>
    private static Symbol? Find(Scope from, string name)
    {
        for (var scope = from; scope is not null; scope = scope.Parent)
        {
            if (!scope.Symbols.TryGetValue(name, out var symbol))
            {
                continue;
            }

            if (symbol.IsGlobal || scope.Kind == ScopeKind.Module)
            {
                return null;
            }

            if (!symbol.IsNonlocal)
            {
                return symbol;
            }
        }

        return null;
    }

    private static void AssignSlots(Scope scope)
    {
        if (scope.Kind == ScopeKind.Module)
        {
            return;
        }

        var function = scope.Function;
        foreach (var symbol in scope.Symbols.Values)
        {
            if (symbol.IsGlobal || symbol.IsNonlocal)
            {
                continue;
            }

            symbol.Slot = function.SlotCount++;
            if (symbol.IsCaptured)
            {
                function.CellSlots.Add(symbol.Slot);
            }
        }
    }

    private static void Bind(Scope scope, NameNode name, ModuleBuilder module)
    {
        var symbol = Find(scope, name.Name);
        if (symbol is null)
        {
            module.BindGlobal(name);
        }
        else if (symbol.Owner.Function == scope.Function)
        {
            name.Bind(symbol.IsCaptured ? NameKind.Cell : NameKind.Local, symbol.Slot);
        }
        else
        {
            name.Bind(NameKind.Free, FreeIndex(scope.Function, symbol));
        }
    }

    private static int FreeIndex(Scope function, Symbol symbol)
    {
        var known = function.Free.IndexOf(symbol);
        if (known >= 0)
        {
            return known;
        }

        var around = function.Parent!.Function;
        var source = symbol.Owner.Function == around ? symbol.Slot : ~FreeIndex(around, symbol);
        function.Free.Add(symbol);
        function.FreeSources.Add(source);
        return function.Free.Count - 1;
    }
}
