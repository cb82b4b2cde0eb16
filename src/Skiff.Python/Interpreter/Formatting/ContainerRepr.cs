using System.Text;
using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary><c>repr()</c> of what holds other values, and of the rarer kinds.</summary>
internal static class ContainerRepr
{
    public static void Items(PyContext ctx, ReadOnlySpan<PyValue> items, ReadOnlySpan<byte> open, ReadOnlySpan<byte> close, ByteBuffer buffer)
    {
        ctx.Descend();
        buffer.Append(open);
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
            {
                buffer.Append(", "u8);
            }

            Text.AppendRepr(ctx, items[i], buffer);
        }

        buffer.Append(close);
        ctx.Ascend();
    }

    public static void Dict(PyContext ctx, PyDict dict, ByteBuffer buffer)
    {
        switch (dict.Flavor)
        {
            case PyDictFlavor.Counter when dict.Count == 0:
                buffer.Append("Counter()"u8);
                return;
            case PyDictFlavor.Counter:
                buffer.Append("Counter({"u8);
                Pairs(ctx, CounterMethods.Ordered(ctx, dict), buffer);
                buffer.Append("})"u8);
                return;
            case PyDictFlavor.OrderedDict when dict.Count == 0:
                buffer.Append("OrderedDict()"u8);
                return;
            case PyDictFlavor.OrderedDict:
                buffer.Append("OrderedDict({"u8);
                Pairs(ctx, dict, buffer);
                buffer.Append("})"u8);
                return;
            case PyDictFlavor.DefaultDict:
                buffer.Append("defaultdict("u8);
                Text.AppendRepr(ctx, dict.Factory.IsMissing ? PyValue.None : dict.Factory, buffer);
                buffer.Append(", {"u8);
                Pairs(ctx, dict, buffer);
                buffer.Append("})"u8);
                return;
            default:
                buffer.Append((byte)'{');
                Pairs(ctx, dict, buffer);
                buffer.Append((byte)'}');
                return;
        }
    }

    public static void Set(PyContext ctx, PySet set, ByteBuffer buffer)
    {
        var frozen = set.Kind == PyKind.FrozenSet;
        if (set.Count == 0)
        {
            buffer.Append(frozen ? "frozenset()"u8 : "set()"u8);
            return;
        }

        Items(ctx, Iteration.ToList(ctx, set).Span, frozen ? "frozenset({"u8 : "{"u8, frozen ? "})"u8 : "}"u8, buffer);
    }

    public static void Other(PyContext ctx, PyValue value, ByteBuffer buffer)
    {
        switch (value.Obj)
        {
            case PyDictView view:
                buffer.Append(Encoding.ASCII.GetBytes(TypeNames.Of(value)));
                Items(ctx, Iteration.ToList(ctx, view).Span, "(["u8, "])"u8, buffer);
                return;
            case PyRange range:
                buffer.Append(Encoding.ASCII.GetBytes(range.Step == 1 ? $"range({range.Start}, {range.Stop})" : $"range({range.Start}, {range.Stop}, {range.Step})"));
                return;
            case PyExceptionValue exception:
                buffer.Append(Encoding.ASCII.GetBytes(exception.Type.Name));
                Items(ctx, exception.Args, "("u8, ")"u8, buffer);
                return;
            case PyTypeValue type:
                buffer.Append(Utf8.GetBytes($"<class '{type.Name}'>"));
                return;
            case PySlice slice:
                Items(ctx, [slice.Start, slice.Stop, slice.Step], "slice("u8, ")"u8, buffer);
                return;
            case PyMatchValue match:
                MatchMethods.AppendRepr(ctx, match, buffer);
                return;
            case PyPatternValue pattern:
                MatchMethods.AppendRepr(pattern, buffer);
                return;
            case PyColumn column:
                Items(ctx, column.Span, "["u8, "]"u8, buffer);
                return;
            default:
                buffer.Append(Utf8.GetBytes($"<{TypeNames.Of(value)} object>"));
                return;
        }
    }

    private static void Pairs(PyContext ctx, PyDict dict, ByteBuffer buffer)
    {
        ctx.Descend();
        var first = true;
        for (var at = 0; dict.Next(ref at, out var key, out var item);)
        {
            if (!first)
            {
                buffer.Append(", "u8);
            }

            first = false;
            Text.AppendRepr(ctx, key, buffer);
            buffer.Append(": "u8);
            Text.AppendRepr(ctx, item, buffer);
        }

        ctx.Ascend();
    }
}
