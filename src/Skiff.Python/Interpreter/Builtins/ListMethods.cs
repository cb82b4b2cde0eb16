namespace Skiff.Python.Interpreter;

/// <summary>The methods of list, and those that tuple and range share.</summary>
internal static class ListMethods
{
    public static readonly PyBuiltin[] Sequence =
    [
        new("count", "/,value", (ctx, self, args) =>
        {
            var count = 0L;
            foreach (var item in Iteration.Items(ctx, self))
            {
                ctx.Step();
                count += PyCompare.Same(ctx, item, args[0]) ? 1 : 0;
            }

            return PyValue.Of(count);
        }),
        new("index", "/,value,start?,stop?", Index),
    ];

    public static readonly PyBuiltin[] All =
    [
        .. Sequence,
        new("list.append", "/,object", (ctx, self, args) =>
        {
            var list = Changing(ctx, self);
            list.Add(ctx, args[0]);
            return PyValue.None;
        }),
        new("list.extend", "/,iterable", (ctx, self, args) => Extend(ctx, self, args[0])),
        new("insert", "/,index,object", Insert),
        new("pop", "/,index?", Pop),
        new("list.remove", "/,value", Remove),
        new("list.clear", "/", (ctx, self, _) =>
        {
            Changing(ctx, self).Count = 0;
            return PyValue.None;
        }),
        new("list.copy", "/", (ctx, self, _) => Iteration.ToList(ctx, self)),
        new("list.reverse", "/", (ctx, self, _) =>
        {
            var list = Changing(ctx, self);
            list.Items.AsSpan(0, list.Count).Reverse();
            return PyValue.None;
        }),
        new("sort", "*,key?,reverse?", (ctx, self, args) =>
        {
            Sorting.Sort(ctx, Changing(ctx, self), args[0], args[1]);
            return PyValue.None;
        }),
    ];

    private static PyList Changing(PyContext ctx, PyValue self)
    {
        var list = (PyList)self.Obj!;
        list.CheckMutable(ctx);
        return list;
    }

    private static PyValue Index(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var items = Iteration.Items(ctx, self);
        var start = args[1].IsUnbound ? 0 : Numbers.ToIndex(ctx, args[1]);
        var stop = args[2].IsUnbound ? items.Length : Numbers.ToIndex(ctx, args[2]);
        start = Math.Max(0, start < 0 ? start + items.Length : start);
        stop = Math.Min(items.Length, stop < 0 ? stop + items.Length : stop);
        for (var i = start; i < stop; i++)
        {
            ctx.Step();
            if (PyCompare.Same(ctx, items[(int)i], args[0]))
            {
                return PyValue.Of(i);
            }
        }

        throw ctx.ValueError(self.Kind == PyKind.Tuple ? "tuple.index(x): x not in tuple" : self.Kind == PyKind.List ? "list.index(x): x not in list" : $"{Text.Repr(ctx, args[0]).Obj} is not in range");
    }

    private static PyValue Extend(PyContext ctx, PyValue self, PyValue items)
    {
        var list = Changing(ctx, self);
        Iteration.Drain(ctx, ReferenceEquals(self.Obj, items.Obj) ? Iteration.ToList(ctx, items) : items, list);
        return PyValue.None;
    }

    private static PyValue Insert(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var list = Changing(ctx, self);
        var at = Numbers.ToIndex(ctx, args[0]);
        at = Math.Clamp(at < 0 ? Math.Max(at, -list.Count) + list.Count : at, 0, list.Count);
        ListSlices.Insert(ctx, list, (int)at, args[1]);
        return PyValue.None;
    }

    private static PyValue Pop(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var list = Changing(ctx, self);
        if (list.Count == 0)
        {
            throw ctx.IndexError("pop from empty list");
        }

        var at = args[0].IsUnbound ? -1 : Numbers.ToIndex(ctx, args[0]);
        at = at < 0 ? at + list.Count : at;
        if (at < 0 || at >= list.Count)
        {
            throw ctx.IndexError("pop index out of range");
        }

        var value = list.Items[at];
        ListSlices.RemoveAt(ctx, list, (int)at);
        return value;
    }

    private static PyValue Remove(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var list = Changing(ctx, self);
        for (var i = 0; i < list.Count; i++)
        {
            ctx.Step();
            if (PyCompare.Same(ctx, list.Items[i], args[0]))
            {
                ListSlices.RemoveAt(ctx, list, i);
                return PyValue.None;
            }
        }

        throw ctx.ValueError("list.remove(x): x not in list");
    }
}
