
namespace Skiff.Python.Interpreter;

/// <summary>The classes of builtin values, and what calling them makes.</summary>
internal static class Types
{
    public static readonly PyTypeValue Str = new("str", [PyKind.Str], new("str", "object?,encoding?,errors?", MakeStr));
    public static readonly PyTypeValue Int = new("int", [PyKind.Int, PyKind.BigInt, PyKind.Bool], new("int", "x?,base?", MakeInt));
    public static readonly PyTypeValue Bool = new("bool", [PyKind.Bool], new("bool", "/,x?", (ctx, _, args) => PyValue.Of(!args[0].IsUnbound && Truth.Of(ctx, args[0]))));
    public static readonly PyTypeValue Float = new("float", [PyKind.Float], new("float", "/,x?", MakeFloat));
    public static readonly PyTypeValue Bytes = new("bytes", [PyKind.Bytes], new("bytes", "source?,encoding?,errors?", MakeBytes));
    public static readonly PyTypeValue List = new("list", [PyKind.List], new("list", "/,iterable?", (ctx, _, args) => args[0].IsUnbound ? new PyList() : Iteration.ToList(ctx, args[0])));
    public static readonly PyTypeValue Tuple = new("tuple", [PyKind.Tuple], new("tuple", "/,iterable?", MakeTuple));
    public static readonly PyTypeValue Dict = new("dict", [PyKind.Dict], new("dict", "/,mapping?,**kwargs", (ctx, _, args) => MakeDict(ctx, args[0], args[1], PyDictFlavor.Dict)));
    public static readonly PyTypeValue Set = new("set", [PyKind.Set], new("set", "/,iterable?", (ctx, _, args) => args[0].IsUnbound ? new PySet() : SetMethods.ToSet(ctx, args[0])));
    public static readonly PyTypeValue FrozenSet = new("frozenset", [PyKind.FrozenSet], new("frozenset", "/,iterable?", (ctx, _, args) => args[0].IsUnbound ? new PySet(immutable: true) : SetMethods.ToSet(ctx, args[0], immutable: true)));
    public static readonly PyTypeValue Range = new("range", [PyKind.Range], new("range", "/,start,stop?,step?", MakeRange));
    public static readonly PyTypeValue Slice = new("slice", [PyKind.Slice], new("slice", "/,start,stop?,step?", (_, _, args) => args[1].IsUnbound
        ? new PySlice(PyValue.None, args[0], PyValue.None)
        : new PySlice(args[0], args[1], args[2].IsUnbound ? PyValue.None : args[2])));
    public static readonly PyTypeValue Object = new("object", [], null);
    public static readonly PyTypeValue NoneType = new("NoneType", [PyKind.None], null);
    public static readonly PyTypeValue Function = new("function", [PyKind.Function], null);
    public static readonly PyTypeValue Type = new("type", [PyKind.Type], new("type", "/,object", (_, _, args) => OfValue(args[0])));

    public static readonly PyTypeValue[] Named = [Str, Int, Bool, Float, Bytes, List, Tuple, Dict, Set, FrozenSet, Range, Slice, Object, Type];

    private static readonly Dictionary<PyExceptionType, PyTypeValue> ExceptionTypes =
        PyExceptionType.Named.Append(PyExceptionType.PatternError).ToDictionary(t => t, t => new PyTypeValue(t.Name, [], null, t));

    static Types()
    {
        Str.Statics["maketrans"] = new PyBuiltin("maketrans", "/,x,y?,z?", (ctx, _, args) => Translation.MakeTable(ctx, args));
        Dict.Statics["fromkeys"] = new PyBuiltin("fromkeys", "/,iterable,value?", FromKeys);
        Bytes.Statics["fromhex"] = new PyBuiltin("fromhex", "/,string", (ctx, _, args) => throw ctx.ValueError("bytes.fromhex() is not supported"));
    }

    public static PyTypeValue OfException(PyExceptionType type) => ExceptionTypes[type];

    public static bool IsInstance(PyContext ctx, PyValue value, PyValue type)
    {
        switch (type.Obj)
        {
            case PyTuple tuple:
                ctx.Descend();
                foreach (var one in tuple.Items)
                {
                    if (IsInstance(ctx, value, one))
                    {
                        ctx.Ascend();
                        return true;
                    }
                }

                ctx.Ascend();
                return false;
            case PyTypeValue { Exception: { } exception }:
                return value.Obj is PyExceptionValue raised && raised.Type.IsA(exception);
            case PyTypeValue named when ReferenceEquals(named, Object):
                return true;
            case PyTypeValue named when CollectionsModule.FlavorOf(named) is { } flavor:
                return value.Obj is PyDict dict && dict.Flavor == flavor;
            case PyTypeValue named when PandasModule.ColumnKindOf(named) is { } columnKind:
                return value.Obj is PyColumn column ? column.ColumnKind == columnKind : value.Obj is PyArray array && array.IsSeries == (columnKind == PyColumnKind.Series);
            case PyTypeValue named when PandasModule.IsFrame(named):
                return value.Obj is PyFrame;
            case PyTypeValue named:
                return Array.IndexOf(named.Kinds, value.Kind) >= 0;
            case PyTag when type.IsNone:
                return value.IsNone;
            default:
                throw ctx.TypeError("isinstance() arg 2 must be a type, a tuple of types, or a union");
        }
    }

    public static bool IsSubclass(PyContext ctx, PyValue type, PyValue ancestor)
    {
        if (type.Obj is not PyTypeValue child || ancestor.Obj is not PyTypeValue parent)
        {
            throw ctx.TypeError("issubclass() arg 1 must be a class");
        }

        return ReferenceEquals(child, parent) || ReferenceEquals(parent, Object)
            || (ReferenceEquals(child, Bool) && ReferenceEquals(parent, Int))
            || (child.Exception is not null && parent.Exception is not null && child.Exception.IsA(parent.Exception));
    }

    private static PyValue OfValue(PyValue value)
    {
        if (value.Obj is PyExceptionValue exception)
        {
            return OfException(exception.Type);
        }

        if (value.Obj is PyDict { Flavor: not PyDictFlavor.Dict } dict)
        {
            return CollectionsModule.TypeOf(dict.Flavor);
        }

        if (value.IsBool)
        {
            return Bool;
        }

        foreach (var type in (ReadOnlySpan<PyTypeValue>)[.. Named, NoneType, Function])
        {
            if (Array.IndexOf(type.Kinds, value.Kind) >= 0)
            {
                return type;
            }
        }

        return new PyTypeValue(TypeNames.Of(value), [value.Kind], null);
    }

    public static PyDict MakeDict(PyContext ctx, PyValue source, PyValue keywords, PyDictFlavor flavor)
    {
        ctx.Charge(64);
        var dict = new PyDict { Flavor = flavor };
        if (!source.IsUnbound)
        {
            DictMethods.Fill(ctx, dict, source);
        }

        dict.Update(ctx, (PyDict)keywords.Obj!);
        return dict;
    }

    private static PyValue FromKeys(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var dict = new PyDict();
        var iterator = Iteration.Get(ctx, args[0]);
        while (iterator.MoveNext(ctx, out var key))
        {
            dict.Set(ctx, key, args[1].IsUnbound ? PyValue.None : args[1]);
        }

        return dict;
    }

    private static PyValue MakeStr(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        if (args[0].IsUnbound)
        {
            return PyStr.Empty;
        }

        if (args[1].IsUnbound && args[2].IsUnbound)
        {
            return Text.Str(ctx, args[0]);
        }

        return args[0].Obj is PyBytes bytes
            ? Encodings.Decode(ctx, bytes.Data, args[1], args[2])
            : throw ctx.TypeError(args[0].Obj is PyStr ? "decoding str is not supported" : $"decoding to str: need a bytes-like object, {TypeNames.Of(args[0])} found");
    }

    private static PyValue MakeBytes(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        switch (args[0].Obj)
        {
            case null:
                return new PyBytes([]);
            case PyBytes:
                return args[0];
            case PyStr text:
                return args[1].IsUnbound ? throw ctx.TypeError("string argument without an encoding") : Encodings.Encode(ctx, text, args[1], args[2]);
        }

        if (args[0].IsIntegral)
        {
            ctx.ChargeItems(args[0].Bits, 1);
            return args[0].Bits < 0 ? throw ctx.ValueError("negative count") : new PyBytes(new byte[args[0].Bits]);
        }

        var items = Iteration.ToList(ctx, args[0]).Span;
        var made = new byte[items.Length];
        for (var i = 0; i < made.Length; i++)
        {
            made[i] = items[i].IsIntegral && items[i].Bits is >= 0 and < 256 ? (byte)items[i].Bits : throw ctx.ValueError("bytes must be in range(0, 256)");
        }

        return new PyBytes(made);
    }

    private static PyValue MakeTuple(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
        => args[0].IsUnbound ? PyTuple.Empty : args[0].Obj is PyTuple ? args[0] : new PyTuple(Iteration.ToList(ctx, args[0]).Span.ToArray());

    private static PyValue MakeRange(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var start = args[1].IsUnbound ? 0 : Numbers.ToIndex(ctx, args[0]);
        var stop = Numbers.ToIndex(ctx, args[1].IsUnbound ? args[0] : args[1]);
        var step = args[2].IsUnbound ? 1 : Numbers.ToIndex(ctx, args[2]);
        if (step == 0)
        {
            throw ctx.ValueError("range() arg 3 must not be zero");
        }

        ctx.Charge(48);
        return new PyRange(start, stop, step);
    }

    private static PyValue MakeInt(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        if (args[0].IsUnbound)
        {
            return PyValue.Of(0);
        }

        if (args[0].Obj is PyStr or PyBytes)
        {
            return NumberText.ParseInt(ctx, args[0], args[1].IsUnbound ? 10 : Numbers.ToInt(ctx, args[1]));
        }

        if (!args[1].IsUnbound)
        {
            throw ctx.TypeError("int() can't convert non-string with explicit base");
        }

        if (args[0].IsFloat)
        {
            return BuiltinFunctions.Truncate(ctx, args[0].Double);
        }

        return Numbers.IsInteger(args[0])
            ? PyValue.Of(Numbers.Big(args[0]))
            : throw ctx.TypeError($"int() argument must be a string, a bytes-like object or a real number, not '{TypeNames.Of(args[0])}'");
    }

    private static PyValue MakeFloat(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        if (args[0].IsUnbound)
        {
            return PyValue.Of(0.0);
        }

        if (args[0].Obj is PyStr text)
        {
            return NumberText.ParseFloat(ctx, text);
        }

        return Numbers.IsNumber(args[0])
            ? PyValue.Of(Numbers.ToDouble(ctx, args[0]))
            : throw ctx.TypeError($"float() argument must be a string or a real number, not '{TypeNames.Of(args[0])}'");
    }
}
