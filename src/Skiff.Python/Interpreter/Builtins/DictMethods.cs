namespace Skiff.Python.Interpreter;

/// <summary>The methods of dict and of what collections derives from it.</summary>
internal static class DictMethods
{
    public static readonly PyBuiltin[] All =
    [
        new("get", "/,key,default?", (ctx, self, args) => Of(self).TryGet(ctx, args[0], out var value) ? value : args[1].IsUnbound ? PyValue.None : args[1]),
        new("dict.keys", "/", (ctx, self, _) => new PyDictView(Of(self), PyDictViewKind.Keys)),
        new("dict.values", "/", (ctx, self, _) => new PyDictView(Of(self), PyDictViewKind.Values)),
        new("dict.items", "/", (ctx, self, _) => new PyDictView(Of(self), PyDictViewKind.Items)),
        new("setdefault", "/,key,default?", SetDefault),
        new("update", "/,other?,**kwargs", Update),
        new("pop", "/,key,default?", Pop),
        new("popitem", "last?", PopItem),
        new("dict.copy", "/", (ctx, self, _) => Of(self).Copy(ctx)),
        new("dict.clear", "/", (ctx, self, _) =>
        {
            Changing(ctx, self).Clear();
            return PyValue.None;
        }),
        new("most_common", "n?", CounterMethods.MostCommon),
        new("elements", "/", (ctx, self, _) => CounterMethods.Elements(ctx, self)),
        new("subtract", "/,other?", (ctx, self, args) => CounterMethods.Count(ctx, Changing(ctx, self), args[0], -1)),
        new("total", "/", (ctx, self, _) => CounterMethods.Total(ctx, self)),
    ];

    private static PyDict Of(PyValue value) => (PyDict)value.Obj!;

    private static PyDict Changing(PyContext ctx, PyValue self)
    {
        var dict = Of(self);
        dict.CheckMutable(ctx);
        return dict;
    }

    private static PyValue SetDefault(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        if (Of(self).TryGet(ctx, args[0], out var value))
        {
            return value;
        }

        value = args[1].IsUnbound ? PyValue.None : args[1];
        Changing(ctx, self).Set(ctx, args[0], value);
        return value;
    }

    private static PyValue Update(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var dict = Changing(ctx, self);
        if (dict.Flavor == PyDictFlavor.Counter)
        {
            CounterMethods.Count(ctx, dict, args[0], 1);
            return CounterMethods.Count(ctx, dict, args[1], 1);
        }

        if (!args[0].IsUnbound)
        {
            Fill(ctx, dict, args[0]);
        }

        dict.Update(ctx, Of(args[1]));
        return PyValue.None;
    }

    /// <summary>Adds what a mapping or an iterable of pairs holds.</summary>
    public static void Fill(PyContext ctx, PyDict dict, PyValue source)
    {
        if (source.Obj is PyDict other)
        {
            if (!ReferenceEquals(other, dict))
            {
                dict.Update(ctx, other);
            }

            return;
        }

        var iterator = Iteration.Get(ctx, source);
        for (var i = 0; iterator.MoveNext(ctx, out var pair); i++)
        {
            if (!Iteration.Can(pair))
            {
                throw ctx.TypeError("object is not iterable");
            }

            var items = Iteration.ToList(ctx, pair).Span;
            if (items.Length != 2)
            {
                throw ctx.ValueError($"dictionary update sequence element #{i} has length {items.Length}; 2 is required");
            }

            dict.Set(ctx, items[0], items[1]);
        }
    }

    private static PyValue Pop(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        if (Changing(ctx, self).Remove(ctx, args[0], out var value))
        {
            return value;
        }

        return args[1].IsUnbound ? throw ctx.KeyError(args[0]) : args[1];
    }

    private static PyValue PopItem(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var dict = Changing(ctx, self);
        var last = args[0].IsUnbound || Truth.Of(ctx, args[0]);
        var at = last ? int.MaxValue : 0;
        PyValue key;
        PyValue value;
        if (last ? !dict.Previous(ref at, out key, out value) : !dict.Next(ref at, out key, out value))
        {
            throw ctx.KeyError(ctx.NewStr(dict.Flavor == PyDictFlavor.OrderedDict ? "dictionary is empty" : "popitem(): dictionary is empty"));
        }

        dict.Remove(ctx, key, out _);
        return new PyTuple([key, value]);
    }
}
