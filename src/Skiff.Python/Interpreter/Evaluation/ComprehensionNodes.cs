namespace Skiff.Python.Interpreter;

/// <summary>A <c>for</c> or an <c>if</c> of a comprehension; one of the two sets is there.</summary>
internal sealed class ComprehensionClause(TargetExpr? target, Expr source)
{
    /// <summary>What <c>for</c> binds; null for <c>if</c>.</summary>
    public TargetExpr? Target { get; } = target;

    /// <summary>What <c>for</c> goes over, or what <c>if</c> asks.</summary>
    public Expr Source { get; } = source;
}

/// <summary>Runs the clauses of a comprehension: each step stops where the element is to be worked out.</summary>
internal struct ComprehensionRun(ComprehensionClause[] clauses, PyIterator first)
{
    private readonly PyIterator?[] _iterators = new PyIterator?[clauses.Length];
    private int _at = -1;

    public bool MoveNext(Frame f)
    {
        var ctx = f.Ctx;
        if (_at < 0)
        {
            _iterators[0] = first;
            _at = 0;
        }
        else
        {
            _at = Back(clauses.Length);
        }

        while (true)
        {
            if (_at < 0)
            {
                return false;
            }

            if (_at == clauses.Length)
            {
                return true;
            }

            var clause = clauses[_at];
            if (clause.Target is null)
            {
                _at = clause.Source.Test(f) ? _at + 1 : Back(_at);
                continue;
            }

            var iterator = _iterators[_at] ??= Iteration.Get(ctx, clause.Source.Eval(f));
            if (iterator.MoveNext(ctx, out var value))
            {
                clause.Target.Assign(f, value);
                _at++;
            }
            else
            {
                _iterators[_at] = null;
                _at = Back(_at);
            }
        }
    }

    /// <summary>The nearest <c>for</c> before a clause, or -1.</summary>
    private readonly int Back(int from)
    {
        var at = from - 1;
        while (at >= 0 && clauses[at].Target is null)
        {
            at--;
        }

        return at;
    }
}

internal sealed class ListComprehensionNode(Expr element, ComprehensionClause[] clauses) : Expr
{
    public override PyValue Eval(Frame f)
    {
        var list = new PyList();
        f.Ctx.Charge(128);
        var run = new ComprehensionRun(clauses, Iteration.Get(f.Ctx, clauses[0].Source.Eval(f)));
        while (run.MoveNext(f))
        {
            list.Add(f.Ctx, element.Eval(f));
        }

        return list;
    }
}

internal sealed class SetComprehensionNode(Expr element, ComprehensionClause[] clauses) : Expr
{
    public override PyValue Eval(Frame f)
    {
        var set = new PySet();
        f.Ctx.Charge(128);
        var run = new ComprehensionRun(clauses, Iteration.Get(f.Ctx, clauses[0].Source.Eval(f)));
        while (run.MoveNext(f))
        {
            set.Add(f.Ctx, element.Eval(f));
        }

        return set;
    }
}

internal sealed class DictComprehensionNode(Expr key, Expr value, ComprehensionClause[] clauses) : Expr
{
    public override PyValue Eval(Frame f)
    {
        var dict = new PyDict();
        f.Ctx.Charge(128);
        var run = new ComprehensionRun(clauses, Iteration.Get(f.Ctx, clauses[0].Source.Eval(f)));
        while (run.MoveNext(f))
        {
            var k = key.Eval(f);
            dict.Set(f.Ctx, k, value.Eval(f));
        }

        return dict;
    }
}

/// <summary>A generator expression: its first iterable is worked out at once, the rest as it is asked for, in variables of its own.</summary>
internal sealed class GeneratorNode(Expr firstSource, FunctionCode code, Expr element, ComprehensionClause[] clauses) : Expr
{
    public override PyValue Eval(Frame f)
    {
        f.Ctx.Charge(256);
        var first = Iteration.Get(f.Ctx, firstSource.Eval(f));
        var own = new Frame(f.Ctx);
        own.Prepare(code.SlotCount);
        own.Closure = code.CaptureCells(f);
        code.MakeCells(own);
        return new GeneratorIterator(own, element, clauses, first);
    }
}

internal sealed class GeneratorIterator(Frame frame, Expr element, ComprehensionClause[] clauses, PyIterator first) : PyIterator
{
    private ComprehensionRun _run = new(clauses, first);
    private bool _ended;
    private bool _running;

    public override string TypeName => "generator";

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        if (_running)
        {
            throw ctx.ValueError("generator already executing");
        }

        value = default;
        if (_ended)
        {
            return false;
        }

        _running = true;
        ctx.Descend();
        if (!_run.MoveNext(frame))
        {
            _ended = true;
            _running = false;
            ctx.Ascend();
            return false;
        }

        value = element.Eval(frame);
        _running = false;
        ctx.Ascend();
        return true;
    }
}
