namespace Skiff.Python.Interpreter;

/// <summary>Iterators over whatever can be gone through.</summary>
internal static class Iteration
{
    public static bool Can(PyValue value)
        => value.Kind is PyKind.Str or PyKind.Bytes or PyKind.List or PyKind.Tuple or PyKind.Dict or PyKind.Set or PyKind.FrozenSet or PyKind.Range
            or PyKind.Iterator or PyKind.DictView or PyKind.Column or PyKind.Array or PyKind.Frame;

    public static PyIterator Get(PyContext ctx, PyValue value) => value.Obj switch
    {
        PyIterator iterator => iterator,
        PyList list => new ListIterator(list),
        PyTuple tuple => new ArrayIterator(tuple.Items, tuple.Items.Length),
        PyStr text => new StrIterator(text),
        PyDict dict => new DictIterator(dict, PyDictViewKind.Keys),
        PyDictView view => new DictIterator(view.Dict, view.What),
        PySet set => new DictIterator(set.Items, PyDictViewKind.Keys, isSet: true),
        PyRange range => new RangeIterator(range.Start, range.Step, range.Count),
        PyBytes bytes => new BytesIterator(bytes),
        PyColumn column => new ArrayIterator(column.Items, column.Count),
        PyArray { Rank: 1 } array => Get(ctx, ArrayMethods.Items(ctx, array)),
        PyArray { Rank: 2 } array => Get(ctx, new PyTuple([.. Enumerable.Range(0, array.Rows).Select(row => ArraySubscripts.Get(ctx, array, PyValue.Of(row)))])),
        PyFrame frame => Get(ctx, ArrayMethods.Attribute(ctx, frame, "columns")),
        _ => throw ctx.TypeError($"'{TypeNames.Of(value)}' object is not iterable"),
    };

    /// <summary>Appends all that is left to a list.</summary>
    public static void Drain(PyContext ctx, PyValue value, PyList into)
    {
        var iterator = Get(ctx, value);
        while (iterator.MoveNext(ctx, out var item))
        {
            into.Add(ctx, item);
        }
    }

    public static PyList ToList(PyContext ctx, PyValue value)
    {
        switch (value.Obj)
        {
            case PyList list:
                ctx.Charge((list.Count * 16) + 56);
                return PyList.Of(list.Span);
            case PyTuple tuple:
                ctx.Charge((tuple.Items.Length * 16) + 56);
                return PyList.Of(tuple.Items);
            default:
                ctx.Charge(56);
                var made = new PyList();
                Drain(ctx, value, made);
                return made;
        }
    }

    /// <summary>The items, without a copy where the value already holds them side by side. Valid until the value changes.</summary>
    public static ReadOnlySpan<PyValue> Items(PyContext ctx, PyValue value) => value.Obj switch
    {
        PyList list => list.Span,
        PyTuple tuple => tuple.Items,
        PyColumn column => column.Items.AsSpan(0, column.Count),
        _ => ToList(ctx, value).Span,
    };

    /// <summary>How many items a sized value has, or -1.</summary>
    public static long Length(PyValue value) => value.Obj switch
    {
        PyStr text => text.Count,
        PyBytes bytes => bytes.Data.Length,
        PyList list => list.Count,
        PyTuple tuple => tuple.Items.Length,
        PyDict dict => dict.Count,
        PySet set => set.Count,
        PyRange range => range.Count,
        PyDictView view => view.Dict.Count,
        PyColumn column => column.Count,
        PyArray { Rank: > 0 } array => array.Length,
        PyFrame frame => frame.Rows,
        _ => -1,
    };
}
