namespace Skiff.Python.Interpreter;

/// <summary>Hashes of keys: equal values have equal hashes, whatever their kinds.</summary>
internal static class PyHash
{
    public static int Of(PyContext ctx, PyValue value, string use)
    {
        switch (value.Kind)
        {
            case PyKind.Str:
                return value.Obj!.GetHashCode();
            case PyKind.Int or PyKind.Bool:
                return OfLong(value.Bits);
            case PyKind.Float:
                return OfDouble(value.Double);
            case PyKind.BigInt:
                return OfBig(((PyBigInt)value.Obj!).Value);
            case PyKind.Bytes:
                var bytes = default(HashCode);
                bytes.AddBytes(((PyBytes)value.Obj!).Data);
                return bytes.ToHashCode();
            case PyKind.Tuple:
                return OfTuple(ctx, (PyTuple)value.Obj!, use);
            case PyKind.FrozenSet:
                return OfSet(ctx, (PySet)value.Obj!);
            case PyKind.Range:
                var range = (PyRange)value.Obj!;
                return HashCode.Combine(range.Count, range.Count == 0 ? 0 : range.Start, range.Count < 2 ? 0 : range.Step);
            case PyKind.List or PyKind.Dict or PyKind.Set or PyKind.DictView or PyKind.Column or PyKind.Array or PyKind.Frame:
                throw Unhashable(ctx, value, use);
            case PyKind.None:
                return 0x5EED;
            default:
                return System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value.Obj);
        }
    }

    private static PyError Unhashable(PyContext ctx, PyValue value, string use)
    {
        var name = TypeNames.Of(value);
        return ctx.TypeError(use.Length == 0 ? $"unhashable type: '{name}'" : $"cannot use '{name}' as a {use} (unhashable type: '{name}')");
    }

    private static int OfLong(long value) => (int)((ulong)(value * unchecked((long)0x9E3779B97F4A7C15)) >> 32);

    private static int OfDouble(double value)
    {
        if (value == Math.Floor(value) && Math.Abs(value) < 9e18)
        {
            return OfLong((long)value);
        }

        return value == Math.Floor(value) && !double.IsInfinity(value) ? OfBig(new System.Numerics.BigInteger(value)) : value.GetHashCode();
    }

    private static int OfBig(System.Numerics.BigInteger value) => value.GetHashCode();

    private static int OfTuple(PyContext ctx, PyTuple tuple, string use)
    {
        ctx.Descend();
        ctx.Step(tuple.Items.Length);
        var hash = default(HashCode);
        foreach (var item in tuple.Items)
        {
            try
            {
                hash.Add(Of(ctx, item, ""));
            }
            catch (PyError) when (use.Length > 0 && item.Kind is PyKind.List or PyKind.Dict or PyKind.Set)
            {
                throw ctx.TypeError($"cannot use 'tuple' as a {use} (unhashable type: '{TypeNames.Of(item)}')");
            }
        }

        ctx.Ascend();
        return hash.ToHashCode();
    }

    private static int OfSet(PyContext ctx, PySet set)
    {
        ctx.Descend();
        ctx.Step(set.Count);
        var hash = set.Count;
        for (var at = 0; set.Items.Next(ref at, out var item, out _);)
        {
            hash ^= Of(ctx, item, "");
        }

        ctx.Ascend();
        return hash;
    }
}
