namespace Skiff.Python.Interpreter;

/// <summary>Equality, order, membership and identity.</summary>
internal static class PyCompare
{
    public static bool Test(PyContext ctx, CompareOp op, PyValue a, PyValue b)
    {
        ctx.Step();
        switch (op)
        {
            case CompareOp.Equal:
                return AreEqual(ctx, a, b);
            case CompareOp.NotEqual:
                return !AreEqual(ctx, a, b);
            case CompareOp.Is:
                return AreIdentical(a, b);
            case CompareOp.IsNot:
                return !AreIdentical(a, b);
            case CompareOp.In:
                return Containment.Contains(ctx, b, a);
            case CompareOp.NotIn:
                return !Containment.Contains(ctx, b, a);
            default:
                return Ordered(ctx, op, a, b);
        }
    }

    /// <summary>Whether two values are one to a container: identical, or equal.</summary>
    public static bool Same(PyContext ctx, PyValue a, PyValue b)
        => (ReferenceEquals(a.Obj, b.Obj) && a.Bits == b.Bits) || AreEqual(ctx, a, b);

    public static bool AreIdentical(PyValue a, PyValue b)
    {
        if (a.Obj is PyStr x && b.Obj is PyStr y)
        {
            // Which equal texts are one object is CPython's own affair; short ones mostly are.
            return x.Same(y);
        }

        return ReferenceEquals(a.Obj, b.Obj) && a.Bits == b.Bits;
    }

    public static bool AreEqual(PyContext ctx, PyValue a, PyValue b)
    {
        if (a.Obj is PyStr left)
        {
            return b.Obj is PyStr right && left.Same(right);
        }

        if (Numbers.IsNumber(a))
        {
            return Numbers.IsNumber(b) && Numbers.Compare(a, b) == 0;
        }

        if (ReferenceEquals(a.Obj, b.Obj))
        {
            return a.Bits == b.Bits;
        }

        switch (a.Obj, b.Obj)
        {
            case (PyTuple x, PyTuple y):
                return SequencesEqual(ctx, x.Items, y.Items);
            case (PyList x, PyList y):
                return SequencesEqual(ctx, x.Span, y.Span);
            case (PyBytes x, PyBytes y):
                return x.Data.AsSpan().SequenceEqual(y.Data);
            case (PyDict x, PyDict y):
                return DictsEqual(ctx, x, y);
            case (PySet x, PySet y):
                return x.Count == y.Count && SetMethods.IsSubset(ctx, x, y);
            case (PyRange x, PyRange y):
                return x.Count == y.Count && (x.Count == 0 || (x.Start == y.Start && (x.Count == 1 || x.Step == y.Step)));
            case (PyDictView x, _) when x.What != PyDictViewKind.Values:
                return (b.Kind is PyKind.Set or PyKind.FrozenSet || b.Obj is PyDictView { What: not PyDictViewKind.Values })
                    && AreEqual(ctx, SetMethods.ToSet(ctx, a), SetMethods.ToSet(ctx, b));
            case (PyBoundMethod x, PyBoundMethod y):
                return ReferenceEquals(x.Method, y.Method) && AreIdentical(x.Self, y.Self);
            default:
                return false;
        }
    }

    /// <summary>Order for sorting; raises TypeError where there is none.</summary>
    public static bool Less(PyContext ctx, PyValue a, PyValue b) => Ordered(ctx, CompareOp.Less, a, b);

    private static bool Ordered(PyContext ctx, CompareOp op, PyValue a, PyValue b)
    {
        if (a.Obj is PyStr x && b.Obj is PyStr y)
        {
            ctx.Step(Math.Min(x.Length, y.Length) >> 6);
            return Holds(op, CompareText(x.Span, y.Span));
        }

        if (Numbers.IsNumber(a) && Numbers.IsNumber(b))
        {
            return !Numbers.IsNan(a) && !Numbers.IsNan(b) && Holds(op, Numbers.Compare(a, b));
        }

        switch (a.Obj, b.Obj)
        {
            case (PyTuple p, PyTuple q):
                return SequencesOrdered(ctx, op, p.Items, q.Items);
            case (PyList p, PyList q):
                return SequencesOrdered(ctx, op, p.Span, q.Span);
            case (PyBytes p, PyBytes q):
                return Holds(op, p.Data.AsSpan().SequenceCompareTo(q.Data));
            case (PySet p, PySet q):
                return op switch
                {
                    CompareOp.LessEqual => SetMethods.IsSubset(ctx, p, q),
                    CompareOp.Less => p.Count < q.Count && SetMethods.IsSubset(ctx, p, q),
                    CompareOp.GreaterEqual => SetMethods.IsSubset(ctx, q, p),
                    _ => q.Count < p.Count && SetMethods.IsSubset(ctx, q, p),
                };
            default:
                throw ctx.TypeError($"'{Sign(op)}' not supported between instances of '{TypeNames.Of(a)}' and '{TypeNames.Of(b)}'");
        }
    }

    /// <summary>UTF-8 sorts as code points do, and so do encoded surrogates.</summary>
    private static int CompareText(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a.SequenceCompareTo(b);

    private static bool SequencesEqual(PyContext ctx, ReadOnlySpan<PyValue> a, ReadOnlySpan<PyValue> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        ctx.Descend();
        ctx.Step(a.Length);
        var equal = true;
        for (var i = 0; i < a.Length && equal; i++)
        {
            equal = Same(ctx, a[i], b[i]);
        }

        ctx.Ascend();
        return equal;
    }

    private static bool SequencesOrdered(PyContext ctx, CompareOp op, ReadOnlySpan<PyValue> a, ReadOnlySpan<PyValue> b)
    {
        ctx.Descend();
        var shared = Math.Min(a.Length, b.Length);
        var at = 0;
        while (at < shared && Same(ctx, a[at], b[at]))
        {
            ctx.Step();
            at++;
        }

        var result = at < shared ? Ordered(ctx, op, a[at], b[at]) : Holds(op, a.Length.CompareTo(b.Length));
        ctx.Ascend();
        return result;
    }

    private static bool DictsEqual(PyContext ctx, PyDict a, PyDict b)
    {
        if (a.Count != b.Count)
        {
            return false;
        }

        ctx.Descend();
        ctx.Step(a.Count);
        var equal = true;
        for (var at = 0; equal && a.Next(ref at, out var key, out var value);)
        {
            equal = b.TryGet(ctx, key, out var other) && Same(ctx, value, other);
        }

        ctx.Ascend();
        return equal;
    }

    private static bool Holds(CompareOp op, int order) => op switch
    {
        CompareOp.Less => order < 0,
        CompareOp.LessEqual => order <= 0,
        CompareOp.Greater => order > 0,
        _ => order >= 0,
    };

    private static string Sign(CompareOp op) => op switch
    {
        CompareOp.Less => "<",
        CompareOp.LessEqual => "<=",
        CompareOp.Greater => ">",
        _ => ">=",
    };
}
