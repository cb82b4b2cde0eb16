namespace Skiff.Python.Interpreter;

/// <summary>The module operator (itemgetter and the plain operators), and of sys its two numbers.</summary>
internal static class OperatorModule
{
    public static PyModuleValue Make()
    {
        var members = new Dictionary<string, PyValue>
        {
            ["itemgetter"] = new PyBuiltin("itemgetter", "*args", ItemGetter),
            ["contains"] = new PyBuiltin("contains", "/,a,b", (ctx, _, args) => PyValue.Of(Containment.Contains(ctx, args[0], args[1]))),
            ["getitem"] = new PyBuiltin("getitem", "/,a,b", (ctx, _, args) => Subscripts.Get(ctx, args[0], args[1])),
        };
        foreach (var (name, op) in (ReadOnlySpan<(string, BinaryOp)>)[("add", BinaryOp.Add), ("sub", BinaryOp.Sub), ("mul", BinaryOp.Mul), ("truediv", BinaryOp.TrueDiv), ("or_", BinaryOp.BitOr), ("and_", BinaryOp.BitAnd)])
        {
            members.Add(name, new PyBuiltin(name, "/,a,b", (ctx, _, args) => Operators.Apply(ctx, op, args[0], args[1])));
        }

        return new PyModuleValue("operator", members);
    }

    public static PyModuleValue MakeSys() => new("sys", new Dictionary<string, PyValue>
    {
        ["maxunicode"] = PyValue.Of(0x10FFFF),
        ["maxsize"] = PyValue.Of(long.MaxValue),
    });

    private static PyValue ItemGetter(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        if (args.IsEmpty)
        {
            throw ctx.TypeError("itemgetter expected at least 1 argument, got 0");
        }

        var keys = args.ToArray();
        return new PyBuiltin("itemgetter", "/,obj", (inner, _, given) =>
        {
            if (keys.Length == 1)
            {
                return Subscripts.Get(inner, given[0], keys[0]);
            }

            var values = new PyValue[keys.Length];
            for (var i = 0; i < keys.Length; i++)
            {
                values[i] = Subscripts.Get(inner, given[0], keys[i]);
            }

            return new PyTuple(values);
        });
    }
}
