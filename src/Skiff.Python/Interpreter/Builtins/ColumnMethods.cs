namespace Skiff.Python.Interpreter;

/// <summary>What text functions call on a Series or an array.</summary>
internal static class ColumnMethods
{
    public static readonly PyBuiltin[] All =
    [
        new("apply", "func,convert_dtype?,args?,**kwargs", Apply),
        new("transform", "func,convert_dtype?,args?,**kwargs", Apply),
        new("map", "arg,na_action?", MapWith),
        new("astype", "dtype,copy?", AsType),
        new("fillna", "value", (ctx, self, args) =>
        {
            var value = args[0];
            return Map(ctx, Of(self), item => PandasModule.IsMissing(item) ? value : item);
        }),
        new("isna", "/", (ctx, self, _) => Map(ctx, Of(self), item => PyValue.Of(PandasModule.IsMissing(item)))),
        new("isnull", "/", (ctx, self, _) => Map(ctx, Of(self), item => PyValue.Of(PandasModule.IsMissing(item)))),
        new("tolist", "/", (ctx, self, _) => Iteration.ToList(ctx, new PyTuple(Of(self).Span.ToArray()))),
        new("to_list", "/", (ctx, self, _) => Iteration.ToList(ctx, new PyTuple(Of(self).Span.ToArray()))),
        new("to_numpy", "/", (_, self, _) => Recast(self, PyColumnKind.Array)),
        new("ravel", "/", (_, self, _) => self),
        new("flatten", "/", (_, self, _) => self),
        new("squeeze", "axis?", (_, self, _) => self),
        new("copy", "deep?", (_, self, _) => self),
        new("reset_index", "drop?", (_, self, _) => self),
    ];

    private static PyColumn Of(PyValue value) => (PyColumn)value.Obj!;

    public static PyValue Attribute(PyColumn column, string name) => name switch
    {
        "str" when column.ColumnKind == PyColumnKind.Series => new PyAccessor(column),
        "values" => Recast(column, PyColumnKind.Array),
        "size" => PyValue.Of((long)column.Count),
        "shape" => new PyTuple([PyValue.Of((long)column.Count)]),
        _ => default,
    };

    public static PyColumn Map(PyContext ctx, PyColumn column, Func<PyValue, PyValue> map)
    {
        ctx.Charge((column.Count * 16L) + 64);
        var items = new PyValue[column.Count];
        for (var i = 0; i < items.Length; i++)
        {
            ctx.Step();
            items[i] = map(column.Items[i]);
        }

        return new PyColumn(items, items.Length, column.ColumnKind);
    }

    /// <summary>An operator over two columns, or a column and one value.</summary>
    public static PyValue Zip(PyContext ctx, BinaryOp op, PyValue a, PyValue b)
    {
        var shape = a.Obj as PyColumn ?? (PyColumn)b.Obj!;
        if (a.Obj is PyColumn x && b.Obj is PyColumn y && x.Count != y.Count)
        {
            throw ctx.ValueError($"operands could not be broadcast together with shapes ({x.Count},) ({y.Count},)");
        }

        var at = 0;
        return Map(ctx, shape, _ =>
        {
            var left = a.Obj is PyColumn l ? l.Items[at] : a;
            var right = b.Obj is PyColumn r ? r.Items[at] : b;
            at++;
            return PandasModule.IsMissing(left) || PandasModule.IsMissing(right) ? PyValue.Of(double.NaN) : Operators.Apply(ctx, op, left, right);
        });
    }

    private static PyValue Recast(PyValue self, PyColumnKind kind) => new PyColumn(Of(self).Items, Of(self).Count, kind);

    internal static PyValue Apply(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var function = args[0];
        var more = args[2].Obj is PyTuple tuple ? tuple.Items : [];
        var (names, values) = Attributes.Keywords((PyDict)args[3].Obj!);
        return Map(ctx, Of(self), item => Caller.Call(ctx, function, [item, .. more], names, values));
    }

    internal static PyValue MapWith(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var by = args[0];
        return by.Obj is PyDict dict
            ? Map(ctx, Of(self), item => dict.TryGet(ctx, item, out var found) ? found : PyValue.Of(double.NaN))
            : Map(ctx, Of(self), item => Caller.Call(ctx, by, item));
    }

    internal static PyValue AsType(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var type = args[0];
        if (type.Obj is PyStr name)
        {
            type = name.ToString() switch
            {
                "str" or "U" => Types.Str,
                "object" or "O" or "string" => Types.Object,
                "int" or "int64" => Types.Int,
                "float" or "float64" => Types.Float,
                _ => throw ctx.TypeError($"data type '{name}' is not supported"),
            };
        }

        return ReferenceEquals(type.Obj, Types.Object) ? self : Map(ctx, Of(self), item => Caller.Call(ctx, type, item));
    }
}
