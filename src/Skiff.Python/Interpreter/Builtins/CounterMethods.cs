namespace Skiff.Python.Interpreter;

/// <summary>What collections.Counter adds to dict.</summary>
internal static class CounterMethods
{
    /// <summary>Counts the items of an iterable, or adds the counts of a mapping, times a sign.</summary>
    public static PyValue Count(PyContext ctx, PyDict counter, PyValue source, int sign)
    {
        if (source.IsMissing)
        {
            return PyValue.None;
        }

        if (source.Obj is PyDict counts)
        {
            for (var at = 0; counts.Next(ref at, out var key, out var value);)
            {
                ctx.Step();
                Add(ctx, counter, key, sign > 0 ? value : Operators.Apply(ctx, UnaryOp.Minus, value));
            }

            return PyValue.None;
        }

        var iterator = Iteration.Get(ctx, source);
        while (iterator.MoveNext(ctx, out var item))
        {
            Add(ctx, counter, item, PyValue.Of((long)sign));
        }

        return PyValue.None;
    }

    public static PyValue MostCommon(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var dict = Expect(ctx, self, "most_common");
        var pairs = Pairs(ctx, dict);
        Sorting.Sort(ctx, pairs, SecondItem, PyValue.True);
        if (!args[0].IsMissing)
        {
            pairs.Count = (int)Math.Clamp(Numbers.ToIndex(ctx, args[0]), 0, pairs.Count);
        }

        return pairs;
    }

    /// <summary>The counter with the most common first, as its repr shows it.</summary>
    public static PyDict Ordered(PyContext ctx, PyDict counter)
    {
        var pairs = Pairs(ctx, counter);
        try
        {
            Sorting.Sort(ctx, pairs, SecondItem, PyValue.True);
        }
        catch (PyError)
        {
            // Counts that cannot be compared are shown in their own order.
            return counter;
        }

        var ordered = new PyDict();
        foreach (var pair in pairs.Span)
        {
            var items = ((PyTuple)pair.Obj!).Items;
            ordered.Set(ctx, items[0], items[1]);
        }

        return ordered;
    }

    public static PyValue Elements(PyContext ctx, PyValue self)
    {
        var dict = Expect(ctx, self, "elements");
        var all = new PyList();
        for (var at = 0; dict.Next(ref at, out var key, out var value);)
        {
            for (var left = Numbers.ToIndex(ctx, value); left > 0; left--)
            {
                ctx.Step();
                all.Add(ctx, key);
            }
        }

        return new ListIterator(all);
    }

    public static PyValue Total(PyContext ctx, PyValue self)
    {
        var dict = Expect(ctx, self, "total");
        var sum = PyValue.Of(0);
        for (var at = 0; dict.Next(ref at, out _, out var value);)
        {
            sum = Operators.Apply(ctx, BinaryOp.Add, sum, value);
        }

        return sum;
    }

    /// <summary>Sum, difference, union and intersection; only counts above zero are kept.</summary>
    public static PyDict Combine(PyContext ctx, BinaryOp op, PyDict a, PyDict b)
    {
        var result = new PyDict { Flavor = PyDictFlavor.Counter };
        Merge(ctx, op, a, b, result, both: true);
        Merge(ctx, op, b, a, result, both: false);
        return result;
    }

    private static void Merge(PyContext ctx, BinaryOp op, PyDict from, PyDict other, PyDict result, bool both)
    {
        for (var at = 0; from.Next(ref at, out var key, out var count);)
        {
            ctx.Step();
            var shared = other.TryGet(ctx, key, out var second);
            if (shared && !both)
            {
                continue;
            }

            second = shared ? second : PyValue.Of(0);
            var (x, y) = both ? (count, second) : (second, count);
            var value = op switch
            {
                BinaryOp.Add or BinaryOp.Sub => Operators.Apply(ctx, op, x, y),
                BinaryOp.BitOr => PyCompare.Less(ctx, x, y) ? y : x,
                BinaryOp.BitAnd => PyCompare.Less(ctx, x, y) ? x : y,
                _ => throw Operators.Unsupported(ctx, op, from, other),
            };
            if (PyCompare.Less(ctx, PyValue.Of(0), value))
            {
                result.Set(ctx, key, value);
            }
        }
    }

    private static PyValue SecondItem { get; } = new PyBuiltin("itemgetter", "/,pair", static (_, _, args) => ((PyTuple)args[0].Obj!).Items[1]);

    private static void Add(PyContext ctx, PyDict counter, PyValue key, PyValue count)
        => counter.Set(ctx, key, counter.TryGet(ctx, key, out var old) ? Operators.Apply(ctx, BinaryOp.Add, old, count) : count);

    private static PyList Pairs(PyContext ctx, PyDict dict) => Iteration.ToList(ctx, new PyDictView(dict, PyDictViewKind.Items));

    private static PyDict Expect(PyContext ctx, PyValue self, string method)
    {
        var dict = (PyDict)self.Obj!;
        return dict.Flavor == PyDictFlavor.Counter
            ? dict
            : throw ctx.Error(PyExceptionType.AttributeError, $"'{TypeNames.Of(self)}' object has no attribute '{method}'");
    }
}
