namespace Skiff.Python.Interpreter;

internal sealed class BlockNode(Stmt[] statements) : Stmt
{
    public override Flow Exec(Frame f)
    {
        foreach (var statement in statements)
        {
            var flow = statement.Exec(f);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }
}

internal sealed class ExpressionStatement(Expr value) : Stmt
{
    public override Flow Exec(Frame f)
    {
        f.Ctx.Line = Line;
        f.Ctx.Step();
        value.Eval(f);
        return Flow.Next;
    }
}

internal sealed class AssignNode(TargetExpr[] targets, Expr value) : Stmt
{
    public override Flow Exec(Frame f)
    {
        f.Ctx.Line = Line;
        f.Ctx.Step();
        var result = value.Eval(f);
        foreach (var target in targets)
        {
            target.Assign(f, result);
        }

        return Flow.Next;
    }
}

/// <summary><c>x += 1</c> and its like; what stands left of the operator is worked out once.</summary>
internal sealed class AugmentedAssignNode(TargetExpr target, BinaryOp op, Expr value) : Stmt
{
    public override Flow Exec(Frame f)
    {
        var ctx = f.Ctx;
        ctx.Line = Line;
        ctx.Step();
        if (target is SubscriptNode subscript)
        {
            var container = subscript.Target.Eval(f);
            var index = subscript.Index.Eval(f);
            var old = Subscripts.Get(ctx, container, index);
            Subscripts.Set(ctx, container, index, Operators.ApplyInPlace(ctx, op, old, value.Eval(f)));
            return Flow.Next;
        }

        var left = target.Eval(f);
        target.Assign(f, Operators.ApplyInPlace(ctx, op, left, value.Eval(f)));
        return Flow.Next;
    }
}

internal sealed class ReturnNode(Expr? value) : Stmt
{
    public override Flow Exec(Frame f)
    {
        f.Ctx.Line = Line;
        f.Ctx.Step();
        f.Result = value?.Eval(f) ?? PyValue.None;
        return Flow.Return;
    }
}

internal sealed class IfNode(Expr condition, Stmt then, Stmt? otherwise) : Stmt
{
    public override Flow Exec(Frame f)
    {
        f.Ctx.Line = Line;
        f.Ctx.Step();
        if (condition.Test(f))
        {
            return then.Exec(f);
        }

        return otherwise is null ? Flow.Next : otherwise.Exec(f);
    }
}

internal sealed class WhileNode(Expr condition, Stmt body, Stmt? otherwise) : Stmt
{
    public override Flow Exec(Frame f)
    {
        while (true)
        {
            f.Ctx.Line = Line;
            f.Ctx.Step();
            if (!condition.Test(f))
            {
                return otherwise is null ? Flow.Next : otherwise.Exec(f);
            }

            switch (body.Exec(f))
            {
                case Flow.Break:
                    return Flow.Next;
                case Flow.Return:
                    return Flow.Return;
            }
        }
    }
}

internal sealed class ForNode(TargetExpr target, Expr source, Stmt body, Stmt? otherwise) : Stmt
{
    public override Flow Exec(Frame f)
    {
        var ctx = f.Ctx;
        ctx.Line = Line;
        ctx.Step();
        var iterator = Iteration.Get(ctx, source.Eval(f));
        while (iterator.MoveNext(ctx, out var value))
        {
            target.Assign(f, value);
            switch (body.Exec(f))
            {
                case Flow.Break:
                    return Flow.Next;
                case Flow.Return:
                    return Flow.Return;
            }

            ctx.Line = Line;
        }

        return otherwise is null ? Flow.Next : otherwise.Exec(f);
    }
}

internal sealed class PassNode : Stmt
{
    public override Flow Exec(Frame f) => Flow.Next;
}

internal sealed class JumpNode(Flow flow) : Stmt
{
    public override Flow Exec(Frame f)
    {
        f.Ctx.Step();
        return flow;
    }
}

internal sealed class DeleteNode(TargetExpr[] targets) : Stmt
{
    public override Flow Exec(Frame f)
    {
        f.Ctx.Line = Line;
        f.Ctx.Step();
        foreach (var target in targets)
        {
            target.Delete(f);
        }

        return Flow.Next;
    }
}

internal sealed class AssertNode(Expr condition, Expr? message) : Stmt
{
    public override Flow Exec(Frame f)
    {
        f.Ctx.Line = Line;
        f.Ctx.Step();
        if (condition.Test(f))
        {
            return Flow.Next;
        }

        PyValue[] args = message is null ? [] : [message.Eval(f)];
        throw new PyError(new PyExceptionValue(PyExceptionType.AssertionError, args), Line);
    }
}

/// <summary><c>yield x</c> as a statement, and <c>yield from</c>.</summary>
internal sealed class YieldNode(Expr? value, bool from) : Stmt
{
    public override Flow Exec(Frame f)
    {
        f.Ctx.Line = Line;
        f.Ctx.Step();
        var result = value?.Eval(f) ?? PyValue.None;
        if (from)
        {
            Iteration.Drain(f.Ctx, result, f.Yielded!);
        }
        else
        {
            f.Yielded!.Add(f.Ctx, result);
        }

        return Flow.Next;
    }
}

/// <summary>An import inside a function: binds what the loader already found.</summary>
internal sealed class ImportNode(NameNode name, PyValue value) : Stmt
{
    public override Flow Exec(Frame f)
    {
        name.Assign(f, value);
        return Flow.Next;
    }
}

/// <summary>A run of elif clauses and what comes after them.</summary>
internal sealed class IfChainNode((int Line, Expr Condition, Stmt Body)[] clauses, Stmt? otherwise) : Stmt
{
    public override Flow Exec(Frame f)
    {
        foreach (var clause in clauses)
        {
            f.Ctx.Line = clause.Line;
            f.Ctx.Step();
            if (clause.Condition.Test(f))
            {
                return clause.Body.Exec(f);
            }
        }

        return otherwise is null ? Flow.Next : otherwise.Exec(f);
    }
}
