namespace Skiff.Python.Interpreter;

/// <summary>Items and slices: reading, writing, deleting.</summary>
internal static class Subscripts
{
    public static PyValue Get(PyContext ctx, PyValue container, PyValue index)
    {
        ctx.Step();
        switch (container.Obj)
        {
            case PyArray array:
                return ArraySubscripts.Get(ctx, array, index);
            case PyFrame frame:
                return FrameSubscripts.Get(ctx, frame, index);
            case PyIndexer indexer:
                return FrameSubscripts.Get(ctx, indexer, index);
        }

        if (index.Obj is PySlice slice)
        {
            return GetSlice(ctx, container, slice.Start, slice.Stop, slice.Step);
        }

        switch (container.Obj)
        {
            case PyDict dict:
                return FromDict(ctx, dict, index);
            case PyList list:
                return list.Items[At(ctx, index, list.Count, "list")];
            case PyTuple tuple:
                return tuple.Items[At(ctx, index, tuple.Items.Length, "tuple")];
            case PyStr text:
                var at = text.ByteOf(At(ctx, index, text.Count, "string"));
                return ctx.View(text, at, PyStr.Width(text.Data[text.Offset + at]), 1);
            case PyBytes bytes:
                return PyValue.Of((long)bytes.Data[At(ctx, index, bytes.Data.Length, "index")]);
            case PyRange range:
                return PyValue.Of(range.Start + (AtLong(ctx, index, range.Count, "range object") * range.Step));
            case PyMatchValue match:
                return MatchMethods.Group(ctx, match, index);
            case PyColumn column:
                return column.Items[At(ctx, index, column.Count, "Series")];
            default:
                throw ctx.TypeError($"'{TypeNames.Of(container)}' object is not subscriptable");
        }
    }

    public static PyValue GetSlice(PyContext ctx, PyValue container, PyValue start, PyValue stop, PyValue step)
    {
        ctx.Step();
        switch (container.Obj)
        {
            case PyArray or PyFrame or PyIndexer:
                return Get(ctx, container, new PySlice(start, stop, step));
            case PyStr text:
                return SliceText(ctx, text, SliceRange.Of(ctx, start, stop, step, text.Count));
            case PyList list:
                return PyList.Of(SliceItems(ctx, list.Span, SliceRange.Of(ctx, start, stop, step, list.Count)));
            case PyTuple tuple:
                return new PyTuple(SliceItems(ctx, tuple.Items, SliceRange.Of(ctx, start, stop, step, tuple.Items.Length)));
            case PyBytes bytes:
                var range = SliceRange.Of(ctx, start, stop, step, bytes.Data.Length);
                ctx.Charge(range.Count + 32);
                var part = new byte[range.Count];
                for (var i = 0; i < part.Length; i++)
                {
                    part[i] = bytes.Data[range.Start + (i * range.Step)];
                }

                return new PyBytes(part);
            case PyRange whole:
                var count = (int)Math.Min(int.MaxValue, whole.Count);
                var inner = SliceRange.Of(ctx, start, stop, step, count);
                var from = whole.Start + (inner.Start * whole.Step);
                return new PyRange(from, from + (inner.Count * inner.Step * whole.Step), inner.Step * whole.Step);
            case PyColumn column:
                var items = SliceItems(ctx, column.Span, SliceRange.Of(ctx, start, stop, step, column.Count));
                return new PyColumn(items, items.Length, column.ColumnKind);
            case PyDict:
                throw ctx.KeyError(new PySlice(start, stop, step));
            default:
                throw ctx.TypeError($"'{TypeNames.Of(container)}' object is not subscriptable");
        }
    }

    public static void Set(PyContext ctx, PyValue container, PyValue index, PyValue value)
    {
        ctx.Step();
        switch (container.Obj)
        {
            case PyArray array:
                ArraySubscripts.Set(ctx, array, index, value);
                break;
            case PyFrame frame:
                FrameSubscripts.Set(ctx, frame, index, value);
                break;
            case PyIndexer indexer:
                FrameSubscripts.Set(ctx, indexer, index, value);
                break;
            case PyDict dict:
                dict.CheckMutable(ctx);
                dict.Set(ctx, index, value);
                break;
            case PyList list when index.Obj is PySlice slice:
                list.CheckMutable(ctx);
                ListSlices.Assign(ctx, list, slice, value);
                break;
            case PyList list:
                list.CheckMutable(ctx);
                list.Items[At(ctx, index, list.Count, "list", "list assignment index out of range")] = value;
                break;
            default:
                throw ctx.TypeError($"'{TypeNames.Of(container)}' object does not support item assignment");
        }
    }

    public static void Delete(PyContext ctx, PyValue container, PyValue index)
    {
        ctx.Step();
        switch (container.Obj)
        {
            case PyDict dict:
                dict.CheckMutable(ctx);
                if (!dict.Remove(ctx, index, out _))
                {
                    throw ctx.KeyError(index);
                }

                break;
            case PyList list when index.Obj is PySlice slice:
                list.CheckMutable(ctx);
                ListSlices.Delete(ctx, list, slice);
                break;
            case PyList list:
                list.CheckMutable(ctx);
                ListSlices.RemoveAt(ctx, list, At(ctx, index, list.Count, "list", "list assignment index out of range"));
                break;
            default:
                throw ctx.TypeError($"'{TypeNames.Of(container)}' object doesn't support item deletion");
        }
    }

    private static PyValue FromDict(PyContext ctx, PyDict dict, PyValue key)
    {
        if (dict.TryGet(ctx, key, out var value))
        {
            return value;
        }

        if (dict.Flavor == PyDictFlavor.Counter)
        {
            return PyValue.Of(0);
        }

        if (dict.Flavor != PyDictFlavor.DefaultDict || dict.Factory.IsMissing)
        {
            throw ctx.KeyError(key);
        }

        value = Caller.Call(ctx, dict.Factory, []);
        if (!dict.Frozen)
        {
            dict.Set(ctx, key, value);
        }

        return value;
    }

    private static PyStr SliceText(PyContext ctx, PyStr text, SliceRange range)
    {
        if (range.Count == 0)
        {
            return PyStr.Empty;
        }

        if (range.Step == 1)
        {
            var start = text.ByteOf(range.Start);
            return ctx.View(text, start, text.ByteOf(range.Start + range.Count) - start, range.Count);
        }

        ctx.Step(range.Count >> 2);
        var buffer = ctx.RentBuffer();
        for (var i = 0; i < range.Count; i++)
        {
            var at = text.ByteOf(range.Start + (i * range.Step));
            buffer.Append(text.Span.Slice(at, PyStr.Width(text.Data[text.Offset + at])));
        }

        return ctx.TakeStr(buffer);
    }

    private static PyValue[] SliceItems(PyContext ctx, ReadOnlySpan<PyValue> items, SliceRange range)
    {
        ctx.Charge((range.Count * 16L) + 56);
        if (range.Step == 1)
        {
            return items.Slice(range.Start, range.Count).ToArray();
        }

        var part = new PyValue[range.Count];
        for (var i = 0; i < part.Length; i++)
        {
            part[i] = items[range.Start + (i * range.Step)];
        }

        return part;
    }

    private static int At(PyContext ctx, PyValue index, int count, string what, string? message = null)
        => (int)AtLong(ctx, index, count, what, message);

    private static long AtLong(PyContext ctx, PyValue index, long count, string what, string? message = null)
    {
        if (!index.IsIntegral && index.Obj is not PyBigInt)
        {
            throw ctx.TypeError(what == "string"
                ? $"string indices must be integers, not '{TypeNames.Of(index)}'"
                : what == "index" ? $"byte indices must be integers or slices, not {TypeNames.Of(index)}"
                : $"{what.Split(' ')[0]} indices must be integers or slices, not {TypeNames.Of(index)}");
        }

        var at = Numbers.ToIndex(ctx, index);
        at = at < 0 ? at + count : at;
        return at >= 0 && at < count ? at : throw ctx.IndexError(message ?? $"{what} index out of range");
    }
}

/// <summary>A slice fitted to a length, as CPython's <c>PySlice_AdjustIndices</c> does.</summary>
internal readonly record struct SliceRange(int Start, int Count, int Step)
{
    public static SliceRange Of(PyContext ctx, PyValue start, PyValue stop, PyValue step, int length)
    {
        var by = step.IsNone ? 1 : Index(ctx, step);
        if (by == 0)
        {
            throw ctx.ValueError("slice step cannot be zero");
        }

        by = Math.Clamp(by, -int.MaxValue, int.MaxValue);
        var low = by < 0 ? -1 : 0;
        var high = by < 0 ? length - 1 : length;
        var from = start.IsNone ? (by < 0 ? high : low) : Clamp(Index(ctx, start), length, low, high);
        var to = stop.IsNone ? (by < 0 ? low : high) : Clamp(Index(ctx, stop), length, low, high);
        var count = by > 0 ? (to - from + by - 1) / by : (from - to - by - 1) / -by;
        return new SliceRange(count <= 0 ? 0 : (int)from, (int)Math.Max(0, count), (int)by);
    }

    private static long Clamp(long index, int length, int low, int high)
        => Math.Clamp(index < 0 ? Math.Max(index, -length - 2L) + length : index, low, Math.Max(low, high));

    private static long Index(PyContext ctx, PyValue value)
        => value.IsIntegral || value.Obj is PyBigInt
            ? Numbers.ToIndex(ctx, value)
            : throw ctx.TypeError("slice indices must be integers or None or have an __index__ method");
}
