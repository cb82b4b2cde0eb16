namespace Skiff.Python.Interpreter;

/// <summary>The <c>in</c> operator.</summary>
internal static class Containment
{
    public static bool Contains(PyContext ctx, PyValue container, PyValue item)
    {
        switch (container.Obj)
        {
            case PyStr text:
                return item.Obj is PyStr part
                    ? TextSearch.IndexOf(ctx, text.Span, part.Span) >= 0
                    : throw ctx.TypeError($"'in <string>' requires string as left operand, not {TypeNames.Of(item)}");
            case PySet set:
                return set.Contains(ctx, item);
            case PyDict dict:
                return dict.Contains(ctx, item);
            case PyList list:
                return Any(ctx, list.Span, item);
            case PyTuple tuple:
                return Any(ctx, tuple.Items, item);
            case PyBytes bytes when item.Obj is PyBytes sought:
                return TextSearch.IndexOf(ctx, bytes.Data, sought.Data) >= 0;
            case PyBytes bytes when item.IsIntegral:
                return item.Bits is >= 0 and < 256 ? bytes.Data.AsSpan().Contains((byte)item.Bits) : throw ctx.ValueError("byte must be in range(0, 256)");
            case PyRange range when item.IsIntegral:
                return InRange(range, item.Bits);
            case PyDictView { What: PyDictViewKind.Keys } view:
                return view.Dict.Contains(ctx, item);
            default:
                if (!Iteration.Can(container))
                {
                    throw ctx.TypeError($"argument of type '{TypeNames.Of(container)}' is not a container or iterable");
                }

                return AnyOf(ctx, Iteration.Get(ctx, container), item);
        }
    }

    private static bool Any(PyContext ctx, ReadOnlySpan<PyValue> items, PyValue item)
    {
        foreach (var candidate in items)
        {
            ctx.Step();
            if (PyCompare.Same(ctx, candidate, item))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyOf(PyContext ctx, PyIterator items, PyValue item)
    {
        while (items.MoveNext(ctx, out var candidate))
        {
            if (PyCompare.Same(ctx, candidate, item))
            {
                return true;
            }
        }

        return false;
    }

    private static bool InRange(PyRange range, long value)
    {
        var inside = range.Step > 0 ? value >= range.Start && value < range.Stop : value <= range.Start && value > range.Stop;
        return inside && ((Int128)value - range.Start) % range.Step == 0;
    }
}
