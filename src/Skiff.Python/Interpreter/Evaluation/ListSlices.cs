namespace Skiff.Python.Interpreter;

/// <summary>Lists changed in the middle.</summary>
internal static class ListSlices
{
    public static void RemoveAt(PyContext ctx, PyList list, int index)
    {
        ctx.Step((list.Count - index) >> 4);
        list.Items.AsSpan(index + 1, list.Count - index - 1).CopyTo(list.Items.AsSpan(index));
        list.Items[--list.Count] = default;
    }

    public static void Insert(PyContext ctx, PyList list, int index, PyValue value)
    {
        ctx.Step((list.Count - index) >> 4);
        list.Add(ctx, default);
        list.Items.AsSpan(index, list.Count - index - 1).CopyTo(list.Items.AsSpan(index + 1));
        list.Items[index] = value;
    }

    public static void Assign(PyContext ctx, PyList list, PySlice slice, PyValue value)
    {
        var range = SliceRange.Of(ctx, slice.Start, slice.Stop, slice.Step, list.Count);
        if (!Iteration.Can(value))
        {
            throw ctx.TypeError(range.Step == 1 ? "can only assign an iterable" : "must assign iterable to extended slice");
        }

        var items = Iteration.ToList(ctx, value).Span.ToArray();
        if (range.Step != 1)
        {
            if (items.Length != range.Count)
            {
                throw ctx.ValueError($"attempt to assign sequence of size {items.Length} to extended slice of size {range.Count}");
            }

            for (var i = 0; i < items.Length; i++)
            {
                list.Items[range.Start + (i * range.Step)] = items[i];
            }

            return;
        }

        var start = range.Count == 0 ? Place(ctx, slice.Start, list.Count) : range.Start;
        ctx.Charge((list.Count + items.Length) * 16L);
        PyValue[] joined = [.. list.Span[..start], .. items, .. list.Span[(start + range.Count)..]];
        list.Items = joined;
        list.Count = joined.Length;
    }

    public static void Delete(PyContext ctx, PyList list, PySlice slice)
    {
        var range = SliceRange.Of(ctx, slice.Start, slice.Stop, slice.Step, list.Count);
        if (range.Count == 0)
        {
            return;
        }

        ctx.Charge(list.Count * 16L);
        var doomed = new HashSet<int>();
        for (var i = 0; i < range.Count; i++)
        {
            doomed.Add(range.Start + (i * range.Step));
        }

        var kept = 0;
        for (var i = 0; i < list.Count; i++)
        {
            if (!doomed.Contains(i))
            {
                list.Items[kept++] = list.Items[i];
            }
        }

        Array.Clear(list.Items, kept, list.Count - kept);
        list.Count = kept;
    }

    private static int Place(PyContext ctx, PyValue start, int count)
    {
        if (start.IsNone)
        {
            return 0;
        }

        var at = Numbers.ToIndex(ctx, start);
        return (int)Math.Clamp(at < 0 ? Math.Max(at, -count - 1L) + count : at, 0, count);
    }
}
