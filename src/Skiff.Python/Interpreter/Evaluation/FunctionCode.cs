namespace Skiff.Python.Interpreter;

/// <summary>The code of a function or lambda: shared by every function object made from it, and never changed once resolved.</summary>
internal sealed class FunctionCode(string name, Scope scope)
{
    public string Name { get; } = name;

    /// <summary>The name with those of the functions around it, as messages have it.</summary>
    public string QualifiedName { get; } = scope.Qualify(name);

    /// <summary>Parameter names: positional ones first, then keyword-only ones; then <c>*args</c> and <c>**kwargs</c> where there are any. Each has the slot of its place.</summary>
    public string[] Parameters { get; set; } = [];

    /// <summary>How many parameters may be filled by position.</summary>
    public int Positional { get; set; }

    /// <summary>How many of those may not be filled by name.</summary>
    public int PositionalOnly { get; set; }

    /// <summary>How many parameters there are besides <c>*args</c> and <c>**kwargs</c>.</summary>
    public int Named { get; set; }

    public bool HasRest { get; set; }

    public bool HasKeywords { get; set; }

    /// <summary>What parameters default to, by place; null where one must be given.</summary>
    public Expr?[] Defaults { get; set; } = [];

    public Stmt? Body { get; set; }

    /// <summary>What a lambda works out.</summary>
    public Expr? Value { get; set; }

    public int SlotCount => scope.SlotCount;

    public bool IsGenerator => scope.IsGenerator;

    public PyCell[] CaptureCells(Frame f)
    {
        var sources = scope.FreeSources;
        if (sources.Count == 0)
        {
            return [];
        }

        var cells = new PyCell[sources.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = sources[i] >= 0 ? (PyCell)f.Slots[sources[i]].Obj! : f.Closure[~sources[i]];
        }

        return cells;
    }

    public void MakeCells(Frame f)
    {
        foreach (var slot in scope.CellSlots)
        {
            f.Slots[slot] = new PyCell { Value = f.Slots[slot] };
        }
    }

    public PyClosure MakeFunction(Frame f)
    {
        f.Ctx.Charge(64 + (Defaults.Length * 16));
        var defaults = Defaults.Length == 0 ? [] : new PyValue[Defaults.Length];
        for (var i = 0; i < defaults.Length; i++)
        {
            defaults[i] = Defaults[i]?.Eval(f) ?? default;
        }

        return new PyClosure(this, defaults, CaptureCells(f));
    }

    /// <summary>Runs the body in a frame whose parameters are set.</summary>
    public PyValue Run(Frame frame)
    {
        if (scope.CellSlots.Count > 0)
        {
            MakeCells(frame);
        }

        if (Value is not null)
        {
            return Value.Eval(frame);
        }

        if (IsGenerator)
        {
            frame.Yielded = new PyList();
            Body!.Exec(frame);
            return new ListIterator(frame.Yielded);
        }

        return Body!.Exec(frame) == Flow.Return ? frame.Result : PyValue.None;
    }
}

internal sealed class LambdaNode(FunctionCode code) : Expr
{
    public override PyValue Eval(Frame f) => code.MakeFunction(f);
}

internal sealed class DefNode(NameNode name, FunctionCode code) : Stmt
{
    public override Flow Exec(Frame f)
    {
        name.Assign(f, code.MakeFunction(f));
        return Flow.Next;
    }
}
