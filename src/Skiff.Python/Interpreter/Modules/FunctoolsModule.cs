namespace Skiff.Python.Interpreter;

/// <summary>The module functools: reduce and partial; the caches are known as decorators, which change nothing (see <see cref="Parser"/>).</summary>
internal static class FunctoolsModule
{
    public static PyModuleValue Make() => new("functools", new Dictionary<string, PyValue>
    {
        ["reduce"] = new PyBuiltin("reduce", "/,function,iterable,initial?", Reduce),
        ["partial"] = new PyBuiltin("partial", "/,func,**kwargs,*args", Partial),
    });

    private static PyValue Reduce(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var function = args[0];
        var source = Iteration.Get(ctx, args[1]);
        var total = args[2];
        if (total.IsUnbound && !source.MoveNext(ctx, out total))
        {
            throw ctx.TypeError("reduce() of empty iterable with no initial value");
        }

        while (source.MoveNext(ctx, out var item))
        {
            total = Caller.Call(ctx, function, [total, item]);
        }

        return total;
    }

    private static PyValue Partial(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var (names, values) = Attributes.Keywords((PyDict)args[1].Obj!);
        ctx.Charge(96 + (args.Length * 16L));
        return new PyPartial(args[0], args[2..].ToArray(), names, values);
    }
}
