namespace Skiff.Python.Interpreter;

/// <summary>Binds arguments to parameters and runs what is called.</summary>
internal static class Caller
{
    public static PyValue Call(PyContext ctx, PyValue callee, ReadOnlySpan<PyValue> args)
        => Call(ctx, callee, args, [], []);

    public static PyValue Call(PyContext ctx, PyValue callee, PyValue argument)
        => Call(ctx, callee, new ReadOnlySpan<PyValue>(in argument), [], []);

    public static PyValue Call(PyContext ctx, PyValue callee, ReadOnlySpan<PyValue> args, string[] names, ReadOnlySpan<PyValue> keywords)
    {
        switch (callee.Obj)
        {
            case PyClosure closure:
                return CallClosure(ctx, closure, args, names, keywords);
            case PyBuiltin builtin:
                return CallBuiltin(ctx, builtin, default, args, names, keywords);
            case PyBoundMethod bound:
                return CallBuiltin(ctx, bound.Method, bound.Self, args, names, keywords);
            case PyTypeValue { Constructor: { } constructor }:
                return CallBuiltin(ctx, constructor, callee, args, names, keywords);
            case PyTypeValue { Exception: { } exception }:
                ctx.Charge(64 + (args.Length * 16));
                return new PyExceptionValue(exception, args.ToArray());
            case PyPartial partial:
                return CallPartial(ctx, partial, args, names, keywords);
            default:
                throw ctx.TypeError($"'{TypeNames.Of(callee)}' object is not callable");
        }
    }

    public static PyValue CallBuiltin(PyContext ctx, PyBuiltin builtin, PyValue self, ReadOnlySpan<PyValue> args, string[] names, ReadOnlySpan<PyValue> keywords)
    {
        ctx.Step();
        if (names.Length == 0 && !builtin.TakesRest && !builtin.TakesKeywords && args.Length == builtin.Names.Length && builtin.Positional == args.Length)
        {
            return builtin.Body(ctx, self, args);
        }

        var start = ctx.Top;
        BindBuiltin(ctx, builtin, args, names, keywords);
        var result = builtin.Body(ctx, self, new ReadOnlySpan<PyValue>(ctx.Stack, start, ctx.Top - start));
        ctx.Top = start;
        return result;
    }

    private static void BindBuiltin(PyContext ctx, PyBuiltin builtin, ReadOnlySpan<PyValue> args, string[] names, ReadOnlySpan<PyValue> keywords)
    {
        var start = ctx.Top;
        if (args.Length > builtin.Positional && !builtin.TakesRest)
        {
            throw ctx.TypeError(Arity.TooMany(builtin, args.Length));
        }

        for (var i = 0; i < builtin.Names.Length; i++)
        {
            ctx.Push(i < args.Length && i < builtin.Positional ? args[i] : default);
        }

        var extra = builtin.TakesKeywords ? new PyDict() : null;
        for (var i = 0; i < names.Length; i++)
        {
            var at = Array.IndexOf(builtin.Names, names[i]);
            at = builtin.PositionalOnly && at < builtin.Positional ? -1 : at;
            if (at < 0 && extra is not null)
            {
                extra.Set(ctx, ctx.NewStr(names[i]), keywords[i]);
                continue;
            }

            if (at < 0)
            {
                throw ctx.TypeError(builtin.Names.Length == 0 || (builtin.PositionalOnly && builtin.Positional == builtin.Names.Length)
                    ? $"{builtin.Name}() takes no keyword arguments"
                    : $"{builtin.Name}() got an unexpected keyword argument '{names[i]}'");
            }

            if (!ctx.Stack[start + at].IsUnbound)
            {
                throw ctx.TypeError($"argument for {builtin.Name}() given by name ('{names[i]}') and position ({at + 1})");
            }

            ctx.Stack[start + at] = keywords[i];
        }

        for (var i = 0; i < builtin.Required; i++)
        {
            if (ctx.Stack[start + i].IsUnbound)
            {
                throw ctx.TypeError(Arity.TooFew(builtin, args.Length, i));
            }
        }

        if (extra is not null)
        {
            ctx.Push(extra);
        }

        if (builtin.TakesRest)
        {
            for (var i = builtin.Positional; i < args.Length; i++)
            {
                ctx.Push(args[i]);
            }
        }
    }

    private static PyValue CallClosure(PyContext ctx, PyClosure closure, ReadOnlySpan<PyValue> args, string[] names, ReadOnlySpan<PyValue> keywords)
    {
        var code = closure.Code;
        var line = ctx.Line;
        var frame = ctx.EnterFrame(code.SlotCount);
        frame.Closure = closure.Cells;
        if (names.Length == 0 && args.Length == code.Named && code.Positional == code.Named && !code.HasRest && !code.HasKeywords)
        {
            args.CopyTo(frame.Slots);
        }
        else
        {
            BindClosure(ctx, closure, frame, args, names, keywords);
        }

        var result = code.Run(frame);
        ctx.LeaveFrame();
        ctx.Line = line;
        return result;
    }

    private static void BindClosure(PyContext ctx, PyClosure closure, Frame frame, ReadOnlySpan<PyValue> args, string[] names, ReadOnlySpan<PyValue> keywords)
    {
        var code = closure.Code;
        if (args.Length > code.Positional && !code.HasRest)
        {
            throw ctx.TypeError(Arity.TooMany(closure, args.Length));
        }

        args[..Math.Min(args.Length, code.Positional)].CopyTo(frame.Slots);
        if (code.HasRest)
        {
            frame.Slots[code.Named] = args.Length > code.Positional ? new PyTuple(args[code.Positional..].ToArray()) : PyTuple.Empty;
        }

        var extra = code.HasKeywords ? new PyDict() : null;
        if (extra is not null)
        {
            frame.Slots[code.Named + (code.HasRest ? 1 : 0)] = extra;
        }

        for (var i = 0; i < names.Length; i++)
        {
            var at = Array.IndexOf(code.Parameters, names[i], 0, code.Named);
            if (at >= code.PositionalOnly)
            {
                if (!frame.Slots[at].IsUnbound)
                {
                    throw ctx.TypeError($"{code.QualifiedName}() got multiple values for argument '{names[i]}'");
                }

                frame.Slots[at] = keywords[i];
            }
            else if (extra is not null)
            {
                extra.Set(ctx, ctx.NewStr(names[i]), keywords[i]);
            }
            else
            {
                throw ctx.TypeError($"{code.QualifiedName}() got an unexpected keyword argument '{names[i]}'");
            }
        }

        for (var i = 0; i < code.Named; i++)
        {
            if (frame.Slots[i].IsUnbound)
            {
                frame.Slots[i] = closure.Defaults.Length > i ? closure.Defaults[i] : default;
                if (frame.Slots[i].IsUnbound)
                {
                    throw ctx.TypeError(Arity.Missing(closure, frame));
                }
            }
        }
    }

    private static PyValue CallPartial(PyContext ctx, PyPartial partial, ReadOnlySpan<PyValue> args, string[] names, ReadOnlySpan<PyValue> keywords)
    {
        ctx.Charge((partial.Args.Length + args.Length + keywords.Length + partial.Values.Length) * 32L);
        PyValue[] allArgs = [.. partial.Args, .. args];
        var allNames = new List<string>(names);
        var allValues = new List<PyValue>(keywords.ToArray());
        for (var i = 0; i < partial.Names.Length; i++)
        {
            if (!allNames.Contains(partial.Names[i]))
            {
                allNames.Add(partial.Names[i]);
                allValues.Add(partial.Values[i]);
            }
        }

        ctx.Descend();
        var result = Call(ctx, partial.Callable, allArgs, [.. allNames], allValues.ToArray());
        ctx.Ascend();
        return result;
    }
}
