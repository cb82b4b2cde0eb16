namespace Skiff.Python.Interpreter;

/// <summary>An <c>except</c> clause.</summary>
internal sealed class Handler(Expr? type, NameNode? name, Stmt body)
{
    public Expr? Type { get; } = type;

    public NameNode? Name { get; } = name;

    public Stmt Body { get; } = body;
}

internal sealed class TryNode(Stmt body, Handler[] handlers, Stmt? otherwise, Stmt? final) : Stmt
{
    public override Flow Exec(Frame f)
    {
        if (final is null)
        {
            return ExecHandled(f);
        }

        var mark = f.Ctx.Mark();
        Flow flow;
        try
        {
            flow = ExecHandled(f);
        }
        catch (PyError)
        {
            f.Ctx.Unwind(mark);
            var left = final.Exec(f);
            if (left != Flow.Next)
            {
                return left;
            }

            throw;
        }

        var result = f.Result;
        var after = final.Exec(f);
        if (after != Flow.Next)
        {
            return after;
        }

        f.Result = result;
        return flow;
    }

    private Flow ExecHandled(Frame f)
    {
        if (handlers.Length == 0)
        {
            return body.Exec(f);
        }

        var mark = f.Ctx.Mark();
        Flow flow;
        try
        {
            flow = body.Exec(f);
        }
        catch (PyError error)
        {
            f.Ctx.Unwind(mark);
            var handler = Find(f, error);
            if (handler is null)
            {
                throw;
            }

            return Handle(f, handler, error);
        }

        return flow == Flow.Next && otherwise is not null ? otherwise.Exec(f) : flow;
    }

    private Handler? Find(Frame f, PyError error)
    {
        foreach (var handler in handlers)
        {
            if (handler.Type is null || Matches(f.Ctx, handler.Type.Eval(f), error.Value.Type))
            {
                return handler;
            }
        }

        return null;
    }

    private static Flow Handle(Frame f, Handler handler, PyError error)
    {
        var outer = f.Handling;
        f.Handling = error;
        handler.Name?.Assign(f, error.Value);
        var flow = handler.Body.Exec(f);
        handler.Name?.Assign(f, default);
        f.Handling = outer;
        return flow;
    }

    private static bool Matches(PyContext ctx, PyValue type, PyExceptionType raised)
    {
        switch (type.Obj)
        {
            case PyTypeValue { Exception: { } named }:
                return raised.IsA(named);
            case PyTuple tuple:
                foreach (var item in tuple.Items)
                {
                    if (item.Obj is PyTypeValue { Exception: { } one } && raised.IsA(one))
                    {
                        return true;
                    }
                }

                return false;
            default:
                throw ctx.TypeError("catching classes that do not inherit from BaseException is not allowed");
        }
    }
}

internal sealed class RaiseNode(Expr? value) : Stmt
{
    public override Flow Exec(Frame f)
    {
        var ctx = f.Ctx;
        ctx.Line = Line;
        ctx.Step();
        if (value is null)
        {
            throw f.Handling is null
                ? ctx.Error(PyExceptionType.RuntimeError, "No active exception to reraise")
                : new PyError(f.Handling.Value, f.Handling.Line);
        }

        throw value.Eval(f).Obj switch
        {
            PyExceptionValue exception => new PyError(exception, Line),
            PyTypeValue { Exception: { } type } => new PyError(new PyExceptionValue(type, []), Line),
            _ => ctx.TypeError("exceptions must derive from BaseException"),
        };
    }
}
