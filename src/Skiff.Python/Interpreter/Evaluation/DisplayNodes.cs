namespace Skiff.Python.Interpreter;

internal sealed class TupleNode(Expr[] items) : TargetExpr
{
    public Expr[] Items { get; } = items;

    public override PyValue Eval(Frame f)
    {
        if (!Displays.HasStar(Items))
        {
            f.Ctx.Charge((Items.Length * 16) + 40);
            var values = new PyValue[Items.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = Items[i].Eval(f);
            }

            return new PyTuple(values);
        }

        return new PyTuple(Displays.Collect(f, Items).Span.ToArray());
    }

    public override void Assign(Frame f, PyValue value) => Unpacking.Assign(f, Items, value);

    public override void Delete(Frame f)
    {
        foreach (var item in Items)
        {
            ((TargetExpr)item).Delete(f);
        }
    }
}

internal sealed class ListNode(Expr[] items) : TargetExpr
{
    public Expr[] Items { get; } = items;

    public override PyValue Eval(Frame f) => Displays.Collect(f, Items);

    public override void Assign(Frame f, PyValue value) => Unpacking.Assign(f, Items, value);

    public override void Delete(Frame f)
    {
        foreach (var item in Items)
        {
            ((TargetExpr)item).Delete(f);
        }
    }
}

internal sealed class SetNode(Expr[] items) : Expr
{
    public Expr[] Items { get; } = items;

    public override PyValue Eval(Frame f)
    {
        var set = new PySet();
        foreach (var item in Items)
        {
            if (item is StarNode star)
            {
                var iterator = Iteration.Get(f.Ctx, star.Inner.Eval(f));
                while (iterator.MoveNext(f.Ctx, out var value))
                {
                    set.Add(f.Ctx, value);
                }
            }
            else
            {
                set.Add(f.Ctx, item.Eval(f));
            }
        }

        return set;
    }
}

/// <summary>A dict display; a key of null spreads a dict (<c>**other</c>).</summary>
internal sealed class DictNode(Expr?[] keys, Expr[] values) : Expr
{
    public override PyValue Eval(Frame f)
    {
        var dict = new PyDict();
        f.Ctx.Charge(64);
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] is { } key)
            {
                var k = key.Eval(f);
                dict.Set(f.Ctx, k, values[i].Eval(f));
                continue;
            }

            var spread = values[i].Eval(f);
            if (spread.Obj is not PyDict other)
            {
                throw f.Ctx.TypeError($"'{TypeNames.Of(spread)}' object is not a mapping");
            }

            dict.Update(f.Ctx, other);
        }

        return dict;
    }
}

internal static class Displays
{
    public static bool HasStar(Expr[] items) => Array.Exists(items, i => i is StarNode);

    public static PyList Collect(Frame f, Expr[] items)
    {
        f.Ctx.Charge((items.Length * 16) + 56);
        var list = new PyList(items.Length);
        foreach (var item in items)
        {
            if (item is StarNode star)
            {
                var spread = star.Inner.Eval(f);
                if (!Iteration.Can(spread))
                {
                    throw f.Ctx.TypeError($"Value after * must be an iterable, not {TypeNames.Of(spread)}");
                }

                Iteration.Drain(f.Ctx, spread, list);
            }
            else
            {
                list.Add(f.Ctx, item.Eval(f));
            }
        }

        return list;
    }
}

/// <summary>Assignment to several targets at once, one of which may take the rest.</summary>
internal static class Unpacking
{
    public static void Assign(Frame f, Expr[] targets, PyValue value)
    {
        var ctx = f.Ctx;
        var star = Array.FindIndex(targets, t => t is StarNode);
        if (value.Obj is PyTuple tuple && star < 0 && tuple.Items.Length == targets.Length)
        {
            for (var i = 0; i < targets.Length; i++)
            {
                ((TargetExpr)targets[i]).Assign(f, tuple.Items[i]);
            }

            return;
        }

        if (!Iteration.Can(value))
        {
            throw ctx.TypeError($"cannot unpack non-iterable {TypeNames.Of(value)} object");
        }

        var sized = value.Kind is PyKind.List or PyKind.Tuple or PyKind.Dict;
        var items = new PyList();
        var iterator = Iteration.Get(ctx, value);
        while ((star >= 0 || sized || items.Count <= targets.Length) && iterator.MoveNext(ctx, out var item))
        {
            items.Add(ctx, item);
        }

        CheckCount(ctx, targets.Length, star, items.Count, sized);
        if (star < 0)
        {
            for (var i = 0; i < targets.Length; i++)
            {
                ((TargetExpr)targets[i]).Assign(f, items.Items[i]);
            }

            return;
        }

        var after = targets.Length - star - 1;
        for (var i = 0; i < star; i++)
        {
            ((TargetExpr)targets[i]).Assign(f, items.Items[i]);
        }

        ((TargetExpr)targets[star]).Assign(f, PyList.Of(items.Span[star..(items.Count - after)]));
        for (var i = 0; i < after; i++)
        {
            ((TargetExpr)targets[star + 1 + i]).Assign(f, items.Items[items.Count - after + i]);
        }
    }

    private static void CheckCount(PyContext ctx, int targets, int star, int items, bool sized)
    {
        if (star >= 0)
        {
            if (items < targets - 1)
            {
                throw ctx.ValueError($"not enough values to unpack (expected at least {targets - 1}, got {items})");
            }
        }
        else if (items < targets)
        {
            throw ctx.ValueError($"not enough values to unpack (expected {targets}, got {items})");
        }
        else if (items > targets)
        {
            throw ctx.ValueError(sized ? $"too many values to unpack (expected {targets}, got {items})" : $"too many values to unpack (expected {targets})");
        }
    }
}
