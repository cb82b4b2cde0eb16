namespace Skiff.Python.Interpreter;

/// <summary>The methods of set and frozenset, and the operators on them.</summary>
internal static class SetMethods
{
    public static readonly PyBuiltin[] Shared =
    [
        new("union", "*args", (ctx, self, args) => Fold(ctx, BinaryOp.BitOr, self, args)),
        new("intersection", "*args", (ctx, self, args) => Fold(ctx, BinaryOp.BitAnd, self, args)),
        new("difference", "*args", (ctx, self, args) => Fold(ctx, BinaryOp.Sub, self, args)),
        new("symmetric_difference", "/,other", (ctx, self, args) => Fold(ctx, BinaryOp.BitXor, self, args)),
        new("issubset", "/,other", (ctx, self, args) => PyValue.Of(IsSubset(ctx, Of(self), AsSet(ctx, args[0])))),
        new("issuperset", "/,other", (ctx, self, args) => PyValue.Of(IsSubset(ctx, AsSet(ctx, args[0]), Of(self)))),
        new("isdisjoint", "/,other", (ctx, self, args) => PyValue.Of(Combine(ctx, BinaryOp.BitAnd, Of(self), AsSet(ctx, args[0]), PyKind.Set).Count == 0)),
        new("set.copy", "/", (ctx, self, _) => Combine(ctx, BinaryOp.BitOr, Of(self), new PySet(), self.Kind)),
    ];

    public static readonly PyBuiltin[] Mutable =
    [
        new("set.add", "/,item", (ctx, self, args) =>
        {
            Changing(ctx, self).Add(ctx, args[0]);
            return PyValue.None;
        }),
        new("set.discard", "/,item", (ctx, self, args) =>
        {
            Changing(ctx, self).Items.Remove(ctx, args[0], out _, "set element");
            return PyValue.None;
        }),
        new("set.remove", "/,item", (ctx, self, args) => Changing(ctx, self).Items.Remove(ctx, args[0], out _, "set element")
            ? PyValue.None
            : throw ctx.KeyError(args[0])),
        new("set.pop", "/", Pop),
        new("set.clear", "/", (ctx, self, _) =>
        {
            Changing(ctx, self).Items.Clear();
            return PyValue.None;
        }),
        new("update", "*args", (ctx, self, args) => InPlace(ctx, BinaryOp.BitOr, self, args)),
        new("intersection_update", "*args", (ctx, self, args) => InPlace(ctx, BinaryOp.BitAnd, self, args)),
        new("difference_update", "*args", (ctx, self, args) => InPlace(ctx, BinaryOp.Sub, self, args)),
        new("symmetric_difference_update", "/,other", (ctx, self, args) => InPlace(ctx, BinaryOp.BitXor, self, args)),
    ];

    public static bool IsSetLike(PyValue value)
        => value.Kind is PyKind.Set or PyKind.FrozenSet || value.Obj is PyDictView { What: not PyDictViewKind.Values };

    /// <summary>The value as a set, without a copy where it is one.</summary>
    public static PySet AsSet(PyContext ctx, PyValue value) => value.Obj as PySet ?? (PySet)ToSet(ctx, value).Obj!;

    public static PyValue ToSet(PyContext ctx, PyValue value, bool immutable = false)
    {
        ctx.Charge(96);
        var set = new PySet(immutable);
        var iterator = Iteration.Get(ctx, value);
        while (iterator.MoveNext(ctx, out var item))
        {
            set.Add(ctx, item);
        }

        return set;
    }

    public static bool IsSubset(PyContext ctx, PySet a, PySet b)
    {
        if (a.Count > b.Count)
        {
            return false;
        }

        for (var at = 0; a.Items.Next(ref at, out var item, out _);)
        {
            ctx.Step();
            if (!b.Contains(ctx, item))
            {
                return false;
            }
        }

        return true;
    }

    public static PySet Combine(PyContext ctx, BinaryOp op, PySet a, PySet b, PyKind kind)
    {
        ctx.Charge(96);
        var result = new PySet(kind == PyKind.FrozenSet);
        for (var at = 0; a.Items.Next(ref at, out var item, out _);)
        {
            ctx.Step();
            if (op == BinaryOp.BitOr || b.Contains(ctx, item) == (op == BinaryOp.BitAnd))
            {
                result.Add(ctx, item);
            }
        }

        for (var at = 0; op is BinaryOp.BitOr or BinaryOp.BitXor && b.Items.Next(ref at, out var item, out _);)
        {
            ctx.Step();
            if (op == BinaryOp.BitOr || !a.Contains(ctx, item))
            {
                result.Add(ctx, item);
            }
        }

        return result;
    }

    public static void Replace(PyContext ctx, PySet set, PySet with)
    {
        set.Items.Clear();
        set.Items.Update(ctx, with.Items);
    }

    private static PySet Of(PyValue value) => (PySet)value.Obj!;

    private static PySet Changing(PyContext ctx, PyValue self)
    {
        var set = Of(self);
        set.CheckMutable(ctx);
        return set;
    }

    private static PyValue Fold(PyContext ctx, BinaryOp op, PyValue self, ReadOnlySpan<PyValue> others)
    {
        var result = Of(self);
        foreach (var other in others)
        {
            result = Combine(ctx, op, result, AsSet(ctx, other), self.Kind);
        }

        return others.IsEmpty ? Combine(ctx, BinaryOp.BitOr, result, new PySet(), self.Kind) : result;
    }

    private static PyValue InPlace(PyContext ctx, BinaryOp op, PyValue self, ReadOnlySpan<PyValue> others)
    {
        var set = Changing(ctx, self);
        if (op == BinaryOp.BitOr)
        {
            foreach (var other in others)
            {
                var iterator = Iteration.Get(ctx, ReferenceEquals(other.Obj, set) ? Iteration.ToList(ctx, other) : other);
                while (iterator.MoveNext(ctx, out var item))
                {
                    set.Add(ctx, item);
                }
            }

            return PyValue.None;
        }

        Replace(ctx, set, (PySet)Fold(ctx, op, self, others).Obj!);
        return PyValue.None;
    }

    private static PyValue Pop(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var set = Changing(ctx, self);
        var at = 0;
        if (!set.Items.Next(ref at, out var item, out _))
        {
            throw ctx.KeyError(ctx.NewStr("pop from an empty set"));
        }

        set.Items.Remove(ctx, item, out _);
        return item;
    }
}
