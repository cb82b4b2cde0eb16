namespace Skiff.Python.Interpreter;

/// <summary>The builtin functions that go through iterables.</summary>
internal static class IterationFunctions
{
    public static readonly PyBuiltin[] All =
    [
        new("iter", "/,iterable", (ctx, _, args) => Iteration.Get(ctx, args[0])),
        new("next", "/,iterator,default?", Next),
        new("enumerate", "iterable,start?", (ctx, _, args) => new EnumerateIterator(Iteration.Get(ctx, args[0]), args[1].IsUnbound ? 0 : Numbers.ToIndex(ctx, args[1]))),
        new("zip", "*,strict?,*args", Zip),
        new("map", "/,func,iterable,*args", (ctx, _, args) => new MapIterator(args[0], Iterators(ctx, args[1..]))),
        new("filter", "/,function,iterable", (ctx, _, args) => new FilterIterator(args[0], Iteration.Get(ctx, args[1]))),
        new("sorted", "/,iterable,*,key?,reverse?", Sorted),
        new("reversed", "/,sequence", Reversed),
        new("sum", "iterable,start?", Sum),
        new("min", "*,key?,default?,*args", (ctx, _, args) => Extreme(ctx, args, "min")),
        new("max", "*,key?,default?,*args", (ctx, _, args) => Extreme(ctx, args, "max")),
        new("any", "/,iterable", (ctx, _, args) => PyValue.Of(Holds(ctx, args[0], any: true))),
        new("all", "/,iterable", (ctx, _, args) => PyValue.Of(!Holds(ctx, args[0], any: false))),
    ];

    public static PyIterator[] Iterators(PyContext ctx, ReadOnlySpan<PyValue> values)
    {
        var iterators = new PyIterator[values.Length];
        for (var i = 0; i < iterators.Length; i++)
        {
            iterators[i] = Iteration.Get(ctx, values[i]);
        }

        return iterators;
    }

    private static PyValue Next(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        if (args[0].Obj is not PyIterator iterator)
        {
            throw ctx.TypeError($"'{TypeNames.Of(args[0])}' object is not an iterator");
        }

        if (iterator.MoveNext(ctx, out var value))
        {
            return value;
        }

        return args[1].IsUnbound ? throw new PyError(new PyExceptionValue(PyExceptionType.StopIteration, []), ctx.Line) : args[1];
    }

    private static PyValue Zip(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
        => new ZipIterator(Iterators(ctx, args[1..]), !args[0].IsUnbound && Truth.Of(ctx, args[0]));

    private static PyValue Sorted(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var list = Iteration.ToList(ctx, args[0]);
        Sorting.Sort(ctx, list, args[1], args[2]);
        return list;
    }

    private static PyValue Reversed(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        switch (args[0].Obj)
        {
            case PyList list:
                return new ReverseIterator(list, [], list.Count);
            case PyTuple tuple:
                return new ReverseIterator(null, tuple.Items, tuple.Items.Length);
            case PyStr or PyRange or PyDict or PyDictView or PyBytes:
                var items = Iteration.ToList(ctx, args[0]);
                return new ReverseIterator(null, items.Items, items.Count);
            default:
                throw ctx.TypeError($"'{TypeNames.Of(args[0])}' object is not reversible");
        }
    }

    private static PyValue Sum(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var total = args[1].IsUnbound ? PyValue.Of(0) : args[1];
        if (total.Kind is PyKind.Str)
        {
            throw ctx.TypeError("sum() can't sum strings [use ''.join(seq) instead]");
        }

        var iterator = Iteration.Get(ctx, args[0]);
        var compensation = 0.0;
        var compensated = false;
        while (iterator.MoveNext(ctx, out var item))
        {
            if (total.IsFloat && Numbers.IsNumber(item))
            {
                // CPython 3.12 and later carry the rounding error along (Neumaier).
                Compensate(ref total, ref compensation, Numbers.ToDouble(ctx, item), item.IsFloat);
                compensated = true;
                continue;
            }

            total = Operators.Apply(ctx, BinaryOp.Add, total, item);
        }

        return compensated && total.IsFloat && compensation != 0 && double.IsFinite(compensation)
            ? PyValue.Of(total.Double + compensation)
            : total;
    }

    private static void Compensate(ref PyValue total, ref double compensation, double item, bool exact)
    {
        var sum = total.Double + item;
        if (exact)
        {
            compensation += Math.Abs(total.Double) >= Math.Abs(item) ? total.Double - sum + item : item - sum + total.Double;
        }

        total = PyValue.Of(sum);
    }

    private static PyValue Extreme(PyContext ctx, ReadOnlySpan<PyValue> args, string name)
    {
        var given = args[2..];
        if (given.IsEmpty)
        {
            throw ctx.TypeError($"{name} expected at least 1 argument, got 0");
        }

        if (given.Length > 1 && !args[1].IsUnbound)
        {
            throw ctx.TypeError($"Cannot specify a default for {name}() with multiple positional arguments");
        }

        var key = args[0];
        var iterator = given.Length == 1 ? Iteration.Get(ctx, given[0]) : new ArrayIterator(given.ToArray(), given.Length);
        var best = PyValue.None;
        var bestKey = default(PyValue);
        while (iterator.MoveNext(ctx, out var item))
        {
            var itemKey = key.IsMissing ? item : Caller.Call(ctx, key, item);
            if (bestKey.IsUnbound || (name == "min" ? PyCompare.Less(ctx, itemKey, bestKey) : PyCompare.Test(ctx, CompareOp.Greater, itemKey, bestKey)))
            {
                best = item;
                bestKey = itemKey;
            }
        }

        if (!bestKey.IsUnbound)
        {
            return best;
        }

        return args[1].IsUnbound ? throw ctx.ValueError($"{name}() iterable argument is empty") : args[1];
    }

    private static bool Holds(PyContext ctx, PyValue items, bool any)
    {
        var iterator = Iteration.Get(ctx, items);
        while (iterator.MoveNext(ctx, out var item))
        {
            if (Truth.Of(ctx, item) == any)
            {
                return true;
            }
        }

        return false;
    }
}

internal sealed class EnumerateIterator(PyIterator source, long next) : PyIterator
{
    private long _next = next;

    public override string TypeName => "enumerate";

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        if (!Nested.MoveNext(ctx, source, out var item))
        {
            value = default;
            return false;
        }

        ctx.Charge(72);
        value = new PyTuple([PyValue.Of(_next++), item]);
        return true;
    }
}

internal sealed class ZipIterator(PyIterator[] sources, bool strict) : PyIterator
{
    public override string TypeName => "zip";

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        ctx.Charge(40 + (sources.Length * 16));
        var items = new PyValue[sources.Length];
        value = default;
        for (var i = 0; i < items.Length; i++)
        {
            if (Nested.MoveNext(ctx, sources[i], out items[i]))
            {
                continue;
            }

            if (strict)
            {
                CheckEnds(ctx, i);
            }

            return false;
        }

        value = new PyTuple(items);
        return items.Length > 0;
    }

    private void CheckEnds(PyContext ctx, int ended)
    {
        var others = ended == 1 ? "argument 1" : $"arguments 1-{ended}";
        if (ended > 0)
        {
            throw ctx.ValueError($"zip() argument {ended + 1} is shorter than {others}");
        }

        for (var i = 1; i < sources.Length; i++)
        {
            if (Nested.MoveNext(ctx, sources[i], out _))
            {
                throw ctx.ValueError($"zip() argument {i + 1} is longer than {(i == 1 ? "argument 1" : $"arguments 1-{i}")}");
            }
        }
    }
}

internal sealed class MapIterator(PyValue function, PyIterator[] sources) : PyIterator
{
    public override string TypeName => "map";

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        var start = ctx.Top;
        value = default;
        foreach (var source in sources)
        {
            if (!Nested.MoveNext(ctx, source, out var item))
            {
                ctx.Top = start;
                return false;
            }

            ctx.Push(item);
        }

        value = Caller.Call(ctx, function, new ReadOnlySpan<PyValue>(ctx.Stack, start, ctx.Top - start));
        ctx.Top = start;
        return true;
    }
}

internal sealed class FilterIterator(PyValue function, PyIterator source) : PyIterator
{
    public override string TypeName => "filter";

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        while (Nested.MoveNext(ctx, source, out value))
        {
            if (Truth.Of(ctx, function.IsNone ? value : Caller.Call(ctx, function, value)))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Iterators over iterators, which a function may stack without end.</summary>
internal static class Nested
{
    public static bool MoveNext(PyContext ctx, PyIterator source, out PyValue value)
    {
        ctx.Descend();
        var moved = source.MoveNext(ctx, out value);
        ctx.Ascend();
        return moved;
    }
}
