namespace Skiff.Python.Interpreter;

/// <summary>The module collections: Counter, defaultdict and OrderedDict.</summary>
internal static class CollectionsModule
{
    private static readonly PyTypeValue Counter = new("collections.Counter", [], new PyBuiltin("Counter", "/,iterable?,**kwargs", MakeCounter));
    private static readonly PyTypeValue DefaultDict = new("collections.defaultdict", [], new PyBuiltin("defaultdict", "/,default_factory?,mapping?,**kwargs", MakeDefault));
    private static readonly PyTypeValue OrderedDict = new("collections.OrderedDict", [], new PyBuiltin("OrderedDict", "/,mapping?,**kwargs", (ctx, _, args) => Types.MakeDict(ctx, args[0], args[1], PyDictFlavor.OrderedDict)));

    public static PyModuleValue Make() => new("collections", new Dictionary<string, PyValue>
    {
        ["Counter"] = Counter,
        ["defaultdict"] = DefaultDict,
        ["OrderedDict"] = OrderedDict,
    });

    public static PyDictFlavor? FlavorOf(PyTypeValue type)
        => ReferenceEquals(type, Counter) ? PyDictFlavor.Counter
            : ReferenceEquals(type, DefaultDict) ? PyDictFlavor.DefaultDict
            : ReferenceEquals(type, OrderedDict) ? PyDictFlavor.OrderedDict : null;

    public static PyTypeValue TypeOf(PyDictFlavor flavor)
        => flavor == PyDictFlavor.Counter ? Counter : flavor == PyDictFlavor.DefaultDict ? DefaultDict : OrderedDict;

    private static PyValue MakeCounter(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        ctx.Charge(64);
        var counter = new PyDict { Flavor = PyDictFlavor.Counter };
        CounterMethods.Count(ctx, counter, args[0], 1);
        CounterMethods.Count(ctx, counter, args[1], 1);
        return counter;
    }

    private static PyValue MakeDefault(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        if (!args[0].IsMissing && args[0].Kind is not (PyKind.Function or PyKind.Builtin or PyKind.BoundMethod or PyKind.Type or PyKind.Partial))
        {
            throw ctx.TypeError("first argument must be callable or None");
        }

        var dict = Types.MakeDict(ctx, args[1], args[2], PyDictFlavor.DefaultDict);
        dict.Factory = args[0].IsUnbound ? PyValue.None : args[0];
        return dict;
    }
}
