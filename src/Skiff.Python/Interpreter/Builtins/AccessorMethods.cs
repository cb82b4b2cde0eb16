namespace Skiff.Python.Interpreter;

/// <summary>The methods of <c>Series.str</c>: those of str over every value, and the few that pandas gives other meanings. What is missing stays missing.</summary>
internal static class AccessorMethods
{
    private static readonly string[] Plain =
    [
        "lower", "upper", "title", "capitalize", "swapcase", "casefold", "strip", "lstrip", "rstrip", "split", "rsplit", "startswith", "endswith", "zfill",
        "center", "ljust", "rjust", "find", "rfind", "translate", "removeprefix", "removesuffix", "isalpha", "isalnum", "isdigit", "isdecimal", "isnumeric",
        "isspace", "isupper", "islower", "istitle", "partition", "rpartition",
    ];

    public static readonly PyBuiltin[] All =
    [
        .. Array.ConvertAll(Plain, Delegated),
        new("str.len", "/", (ctx, self, _) => Each(ctx, self, item => PyValue.Of(Iteration.Length(item)))),
        new("replace", "pat,repl,n?,case?,flags?,regex?", Replace),
        new("contains", "pat,case?,flags?,na?,regex?", Contains),
        new("normalize", "/,form", (ctx, self, args) => ByModule(ctx, self, "unicodedata", "normalize", args[0], default)),
        new("findall", "pat,flags?", (ctx, self, args) => ByModule(ctx, self, "re", "findall", args[0], args[1])),
        new("slice", "start?,stop?,step?", Slice),
        new("get", "/,i", Get),
        new("count", "pat,flags?", Count),
    ];

    private static PyBuiltin Delegated(string name) => new(name, "**kwargs,*args", (ctx, self, args) =>
    {
        var method = MethodTable.Find(PyKind.Str, name)!;
        var (names, values) = Attributes.Keywords((PyDict)args[0].Obj!);
        var given = args[1..].ToArray();
        return Each(ctx, self, item => item.Kind == PyKind.Str ? Caller.CallBuiltin(ctx, method, item, given, names, values) : PyValue.Of(double.NaN));
    });

    private static PyValue Each(PyContext ctx, PyValue self, Func<PyValue, PyValue> map)
        => ColumnMethods.Map(ctx, ((PyAccessor)self.Obj!).Column, item => PandasModule.IsMissing(item) ? item : map(item));

    /// <summary>Since pandas 2.0 a pattern is plain text unless regex=True is said.</summary>
    private static PyValue Replace(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var (pattern, with, flags) = (args[0], args[1], args[4]);
        var most = args[2].IsUnbound ? -1 : Numbers.ToIndex(ctx, args[2]);
        if (pattern.Kind != PyKind.Pattern && (args[5].IsUnbound || !Truth.Of(ctx, args[5])))
        {
            var replace = MethodTable.Find(PyKind.Str, "replace")!;
            return Each(ctx, self, item => Caller.CallBuiltin(ctx, replace, item, [pattern, with, PyValue.Of(most)], [], []));
        }

        var ignoreCase = !args[3].IsMissing && !Truth.Of(ctx, args[3]);
        var bits = (flags.IsUnbound ? 0 : flags.Bits) | (ignoreCase ? 2L : 0);
        var sub = ModuleTable.Find("re")!.Members["sub"];
        return Each(ctx, self, item => Caller.Call(ctx, sub, [pattern, with, item, PyValue.Of(Math.Max(0, most)), PyValue.Of(bits)]));
    }

    private static PyValue Contains(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var pattern = args[0];
        if (!args[4].IsUnbound && !Truth.Of(ctx, args[4]))
        {
            return Each(ctx, self, item => PyValue.Of(Containment.Contains(ctx, item, pattern)));
        }

        var ignoreCase = !args[1].IsUnbound && !Truth.Of(ctx, args[1]);
        var bits = (args[2].IsUnbound ? 0 : args[2].Bits) | (ignoreCase ? 2L : 0);
        var search = ModuleTable.Find("re")!.Members["search"];
        return Each(ctx, self, item => PyValue.Of(!Caller.Call(ctx, search, [pattern, item, PyValue.Of(bits)]).IsNone));
    }

    private static PyValue Count(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var (pattern, flags) = (args[0], args[1].IsUnbound ? PyValue.Of(0) : args[1]);
        var findall = ModuleTable.Find("re")!.Members["findall"];
        return Each(ctx, self, item => PyValue.Of(Iteration.Length(Caller.Call(ctx, findall, [pattern, item, flags]))));
    }

    private static PyValue ByModule(PyContext ctx, PyValue self, string module, string name, PyValue first, PyValue flags)
    {
        var function = ModuleTable.Find(module)!.Members[name];
        return Each(ctx, self, item => Caller.Call(ctx, function, flags.IsUnbound ? [first, item] : [first, item, flags]));
    }

    private static PyValue Slice(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var (start, stop, step) = (OrNone(args[0]), OrNone(args[1]), OrNone(args[2]));
        return Each(ctx, self, item => Subscripts.GetSlice(ctx, item, start, stop, step));
    }

    private static PyValue Get(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var index = args[0];
        return Each(ctx, self, item =>
        {
            var at = Numbers.ToIndex(ctx, index);
            var length = Iteration.Length(item);
            return at >= -length && at < length ? Subscripts.Get(ctx, item, index) : PyValue.Of(double.NaN);
        });
    }

    private static PyValue OrNone(PyValue value) => value.IsUnbound ? PyValue.None : value;
}
