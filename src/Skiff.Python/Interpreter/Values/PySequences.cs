namespace Skiff.Python.Interpreter;

/// <summary>A list.</summary>
internal sealed class PyList(int capacity = 4) : PyObject(PyKind.List)
{
    public PyValue[] Items = capacity == 0 ? [] : new PyValue[capacity];
    public int Count;

    /// <summary>Set for what a module holds: calls share it, so none may change it.</summary>
    public bool Frozen;

    public ReadOnlySpan<PyValue> Span => Items.AsSpan(0, Count);

    public static PyList Of(ReadOnlySpan<PyValue> items)
    {
        var list = new PyList(items.Length);
        items.CopyTo(list.Items);
        list.Count = items.Length;
        return list;
    }

    public void Add(PyContext ctx, PyValue value)
    {
        if (Count == Items.Length)
        {
            ctx.Charge((long)Math.Max(4, Items.Length) * 16);
            Array.Resize(ref Items, Math.Max(4, Items.Length * 2));
        }

        Items[Count++] = value;
    }

    public void CheckMutable(PyContext ctx)
    {
        if (Frozen)
        {
            throw ctx.FrozenError("list");
        }
    }
}

/// <summary>A tuple.</summary>
internal sealed class PyTuple(PyValue[] items) : PyObject(PyKind.Tuple)
{
    public readonly PyValue[] Items = items;

    public static PyTuple Empty { get; } = new([]);
}

/// <summary>A range; its bounds are 64-bit.</summary>
internal sealed class PyRange(long start, long stop, long step) : PyObject(PyKind.Range)
{
    public readonly long Start = start;
    public readonly long Stop = stop;
    public readonly long Step = step;

    public long Count
    {
        get
        {
            if (Step > 0)
            {
                return Start >= Stop ? 0 : (long)(((UInt128)(Int128)((Int128)Stop - Start - 1) / (UInt128)Step) + 1);
            }

            return Start <= Stop ? 0 : (long)(((UInt128)(Int128)((Int128)Start - Stop - 1) / (UInt128)(-(Int128)Step)) + 1);
        }
    }
}

/// <summary>A slice object.</summary>
internal sealed class PySlice(PyValue start, PyValue stop, PyValue step) : PyObject(PyKind.Slice)
{
    public readonly PyValue Start = start;
    public readonly PyValue Stop = stop;
    public readonly PyValue Step = step;
}
