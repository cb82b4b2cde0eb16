namespace Skiff.Python.Interpreter;

/// <summary>The module itertools: what goes through iterables one after the other or side by side.</summary>
internal static class ItertoolsModule
{
    public static PyModuleValue Make()
    {
        var chain = new PyTypeValue("itertools.chain", [], new PyBuiltin("chain", "*args", (ctx, _, args) => new ChainIterator(new ArrayIterator(args.ToArray(), args.Length))));
        chain.Statics["from_iterable"] = new PyBuiltin("from_iterable", "/,iterable", (ctx, _, args) => new ChainIterator(Iteration.Get(ctx, args[0])));
        return new PyModuleValue("itertools", new Dictionary<string, PyValue>
        {
            ["chain"] = chain,
            ["islice"] = new PyBuiltin("islice", "/,iterable,start,stop?,step?", Slice),
            ["zip_longest"] = new PyBuiltin("zip_longest", "*,fillvalue?,*args", ZipLongest),
            ["takewhile"] = new PyBuiltin("takewhile", "/,predicate,iterable", TakeWhile),
            ["dropwhile"] = new PyBuiltin("dropwhile", "/,predicate,iterable", DropWhile),
            ["groupby"] = new PyBuiltin("groupby", "iterable,key?", GroupBy),
            ["pairwise"] = new PyBuiltin("pairwise", "/,iterable", Pairwise),
        });
    }

    private static PyValue Slice(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var whole = args[2].IsUnbound;
        var start = whole || args[1].IsMissing ? 0 : Bound(ctx, args[1]);
        var stop = (whole ? args[1] : args[2]) is { IsMissing: false } end ? Bound(ctx, end) : long.MaxValue;
        var step = args[3].IsMissing ? 1 : Math.Max(1, Bound(ctx, args[3]));
        var result = new PyList();
        var source = Iteration.Get(ctx, args[0]);
        var next = start;
        for (var i = 0L; i < stop && source.MoveNext(ctx, out var item); i++)
        {
            if (i == next)
            {
                result.Add(ctx, item);
                next += step;
            }
        }

        return new ListIterator(result);
    }

    private static long Bound(PyContext ctx, PyValue value)
        => value.IsIntegral && value.Bits >= 0 ? value.Bits : throw ctx.ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");

    private static PyValue ZipLongest(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var sources = IterationFunctions.Iterators(ctx, args[1..]);
        var result = new PyList();
        while (sources.Length > 0)
        {
            ctx.Charge(40 + (sources.Length * 16));
            var row = new PyValue[sources.Length];
            var any = false;
            for (var i = 0; i < row.Length; i++)
            {
                var more = sources[i].MoveNext(ctx, out row[i]);
                any |= more;
                row[i] = more ? row[i] : args[0].IsUnbound ? PyValue.None : args[0];
            }

            if (!any)
            {
                break;
            }

            result.Add(ctx, new PyTuple(row));
        }

        return new ListIterator(result);
    }

    private static PyValue TakeWhile(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var result = new PyList();
        var source = Iteration.Get(ctx, args[1]);
        while (source.MoveNext(ctx, out var item) && Truth.Of(ctx, Caller.Call(ctx, args[0], item)))
        {
            result.Add(ctx, item);
        }

        return new ListIterator(result);
    }

    private static PyValue DropWhile(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var result = new PyList();
        var dropping = true;
        var source = Iteration.Get(ctx, args[1]);
        while (source.MoveNext(ctx, out var item))
        {
            dropping = dropping && Truth.Of(ctx, Caller.Call(ctx, args[0], item));
            if (!dropping)
            {
                result.Add(ctx, item);
            }
        }

        return new ListIterator(result);
    }

    private static PyValue GroupBy(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var result = new PyList();
        PyList? group = null;
        var last = default(PyValue);
        var source = Iteration.Get(ctx, args[0]);
        while (source.MoveNext(ctx, out var item))
        {
            var key = args[1].IsMissing ? item : Caller.Call(ctx, args[1], item);
            if (group is null || !PyCompare.Same(ctx, key, last))
            {
                group = new PyList();
                result.Add(ctx, new PyTuple([key, new ListIterator(group)]));
                last = key;
            }

            group.Add(ctx, item);
        }

        return new ListIterator(result);
    }

    private static PyValue Pairwise(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var items = Iteration.ToList(ctx, args[0]);
        var result = new PyList();
        for (var i = 1; i < items.Count; i++)
        {
            ctx.Charge(72);
            result.Add(ctx, new PyTuple([items.Items[i - 1], items.Items[i]]));
        }

        return new ListIterator(result);
    }

    private sealed class ChainIterator(PyIterator sources) : PyIterator
    {
        private PyIterator? _current;

        public override string TypeName => "itertools.chain";

        public override bool MoveNext(PyContext ctx, out PyValue value)
        {
            while (true)
            {
                if (_current is not null && Nested.MoveNext(ctx, _current, out value))
                {
                    return true;
                }

                if (!Nested.MoveNext(ctx, sources, out var next))
                {
                    _current = null;
                    value = default;
                    return false;
                }

                _current = Iteration.Get(ctx, next);
            }
        }
    }
}
