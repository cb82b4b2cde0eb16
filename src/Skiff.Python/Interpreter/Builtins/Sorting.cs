namespace Skiff.Python.Interpreter;

/// <summary>A stable merge sort: equal items keep their order, also in reverse, as Python's does.</summary>
internal static class Sorting
{
    public static void Sort(PyContext ctx, PyList list, PyValue key, PyValue reverse)
    {
        var count = list.Count;
        var descending = !reverse.IsUnbound && Truth.Of(ctx, reverse);
        ctx.Charge(count * 40L);
        var items = list.Span.ToArray();
        var keys = items;
        if (!key.IsMissing)
        {
            keys = new PyValue[count];
            for (var i = 0; i < count; i++)
            {
                keys[i] = Caller.Call(ctx, key, items[i]);
            }
        }

        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        Merge(ctx, keys, order, descending);
        list.Items = Array.ConvertAll(order, i => items[i]);
        list.Count = count;
    }

    private static void Merge(PyContext ctx, PyValue[] keys, int[] order, bool descending)
    {
        var from = order;
        var to = new int[order.Length];
        for (var width = 1; width < order.Length; width = width > order.Length / 2 ? order.Length : width * 2)
        {
            for (var start = 0; start < order.Length; start += 2 * width)
            {
                var middle = Math.Min(start + width, order.Length);
                var end = (int)Math.Min(start + (2L * width), order.Length);
                MergeRuns(ctx, keys, from, to, start, middle, end, descending);
            }

            (from, to) = (to, from);
        }

        if (!ReferenceEquals(from, order))
        {
            from.CopyTo(order, 0);
        }
    }

    private static void MergeRuns(PyContext ctx, PyValue[] keys, int[] from, int[] to, int start, int middle, int end, bool descending)
    {
        var left = start;
        var right = middle;
        for (var at = start; at < end; at++)
        {
            ctx.Step();
            var takeRight = left >= middle;
            if (!takeRight && right < end)
            {
                takeRight = descending
                    ? PyCompare.Less(ctx, keys[from[left]], keys[from[right]])
                    : PyCompare.Less(ctx, keys[from[right]], keys[from[left]]);
            }

            to[at] = takeRight ? from[right++] : from[left++];
        }
    }
}
