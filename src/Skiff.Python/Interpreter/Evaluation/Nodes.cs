namespace Skiff.Python.Interpreter;

/// <summary>An expression, resolved and ready to run.</summary>
internal abstract class Expr
{
    public int Line { get; init; }

    public abstract PyValue Eval(Frame f);

    /// <summary>Whether the expression is true; conditions ask this so that no bool need be made.</summary>
    public virtual bool Test(Frame f) => Truth.Of(f.Ctx, Eval(f));
}

/// <summary>An expression that can be assigned to.</summary>
internal abstract class TargetExpr : Expr
{
    public abstract void Assign(Frame f, PyValue value);

    public abstract void Delete(Frame f);
}

/// <summary>A statement.</summary>
internal abstract class Stmt
{
    public int Line { get; init; }

    public abstract Flow Exec(Frame f);
}

/// <summary>How a statement ended.</summary>
internal enum Flow : byte
{
    Next,
    Break,
    Continue,
    Return,
}

internal sealed class ConstantNode(PyValue value) : Expr
{
    public PyValue Value { get; } = value;

    public override PyValue Eval(Frame f) => Value;
}

/// <summary>Where a name was found.</summary>
internal enum NameKind : byte
{
    Unresolved,
    Local,
    Cell,
    Free,
    Global,
    Builtin,
}

internal sealed class NameNode(string name) : TargetExpr
{
    private NameKind _kind;
    private int _index;
    private PyValue _constant;

    public string Name { get; } = name;

    public NameKind Kind => _kind;

    public int Index => _index;

    public void Bind(NameKind kind, int index)
    {
        _kind = kind;
        _index = index;
    }

    public void BindBuiltin(PyValue value)
    {
        _kind = NameKind.Builtin;
        _constant = value;
    }

    public override PyValue Eval(Frame f)
    {
        var value = _kind switch
        {
            NameKind.Local => f.Slots[_index],
            NameKind.Cell => ((PyCell)f.Slots[_index].Obj!).Value,
            NameKind.Free => f.Closure[_index].Value,
            NameKind.Global => f.Ctx.Globals[_index],
            _ => _constant,
        };
        return value.IsUnbound ? throw Unbound(f.Ctx) : value;
    }

    public override void Assign(Frame f, PyValue value)
    {
        switch (_kind)
        {
            case NameKind.Local:
                f.Slots[_index] = value;
                break;
            case NameKind.Cell:
                ((PyCell)f.Slots[_index].Obj!).Value = value;
                break;
            case NameKind.Free:
                var cell = f.Closure[_index];
                cell.Value = cell.Frozen ? throw f.Ctx.FrozenError("variable") : value;
                break;
            default:
                f.Ctx.Globals[_index] = value;
                break;
        }
    }

    public override void Delete(Frame f)
    {
        Eval(f);
        Assign(f, default);
    }

    private PyError Unbound(PyContext ctx) => _kind switch
    {
        NameKind.Global => ctx.Error(PyExceptionType.NameError, $"name '{Name}' is not defined"),
        NameKind.Free => ctx.Error(PyExceptionType.NameError, $"cannot access free variable '{Name}' where it is not associated with a value in enclosing scope"),
        _ => ctx.Error(PyExceptionType.UnboundLocalError, $"cannot access local variable '{Name}' where it is not associated with a value"),
    };
}

/// <summary><c>*x</c> in a call, a display or a target; it has no value of its own, which the parser sees to: what it let through is an error of the function.</summary>
internal sealed class StarNode(Expr inner) : TargetExpr
{
    public Expr Inner { get; } = inner;

    public override PyValue Eval(Frame f) => throw f.Ctx.TypeError("can't use starred expression here");

    public override void Assign(Frame f, PyValue value) => ((TargetExpr)Inner).Assign(f, value);

    public override void Delete(Frame f) => throw f.Ctx.TypeError("cannot delete starred");
}

internal sealed class SubscriptNode(Expr target, Expr index) : TargetExpr
{
    public Expr Target { get; } = target;

    public Expr Index { get; } = index;

    public override PyValue Eval(Frame f)
    {
        f.Ctx.CheckStack();
        var container = Target.Eval(f);
        return Subscripts.Get(f.Ctx, container, Index.Eval(f));
    }

    public override void Assign(Frame f, PyValue value)
    {
        var container = Target.Eval(f);
        Subscripts.Set(f.Ctx, container, Index.Eval(f), value);
    }

    public override void Delete(Frame f)
    {
        var container = Target.Eval(f);
        Subscripts.Delete(f.Ctx, container, Index.Eval(f));
    }
}

internal sealed class SliceNode(Expr? start, Expr? stop, Expr? step) : Expr
{
    public Expr? Start { get; } = start;

    public Expr? Stop { get; } = stop;

    public Expr? Step { get; } = step;

    public override PyValue Eval(Frame f)
    {
        var from = Start?.Eval(f) ?? PyValue.None;
        var to = Stop?.Eval(f) ?? PyValue.None;
        return new PySlice(from, to, Step?.Eval(f) ?? PyValue.None);
    }
}

internal sealed class SliceSubscriptNode(Expr target, SliceNode slice) : TargetExpr
{
    public override PyValue Eval(Frame f)
    {
        f.Ctx.CheckStack();
        var whole = target.Eval(f);
        var start = slice.Start?.Eval(f) ?? PyValue.None;
        var stop = slice.Stop?.Eval(f) ?? PyValue.None;
        var step = slice.Step?.Eval(f) ?? PyValue.None;
        return Subscripts.GetSlice(f.Ctx, whole, start, stop, step);
    }

    public override void Assign(Frame f, PyValue value)
    {
        var whole = target.Eval(f);
        Subscripts.Set(f.Ctx, whole, slice.Eval(f), value);
    }

    public override void Delete(Frame f)
    {
        var whole = target.Eval(f);
        Subscripts.Delete(f.Ctx, whole, slice.Eval(f));
    }
}

/// <summary>An attribute that is looked at but not called: a constant of a module, a bound method, <c>s.str</c>.</summary>
internal sealed class AttributeNode(Expr target, string name) : Expr
{
    private PyValue _direct;

    public Expr Target { get; } = target;

    public string Name { get; } = name;

    public void Link(PyValue member) => _direct = member;

    public override PyValue Eval(Frame f)
    {
        f.Ctx.CheckStack();
        return _direct.IsUnbound ? Attributes.Get(f.Ctx, Target.Eval(f), Name) : _direct;
    }
}
