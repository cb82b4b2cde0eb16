namespace Skiff.Python.Interpreter;

/// <summary>The operators of arithmetic, of sets and of sequences.</summary>
internal static class Operators
{
    public static PyValue Apply(PyContext ctx, BinaryOp op, PyValue a, PyValue b)
    {
        if (Numbers.IsNumber(a) && Numbers.IsNumber(b))
        {
            return Arithmetic.Apply(ctx, op, a, b);
        }

        if (a.Kind is PyKind.Array or PyKind.Frame || b.Kind is PyKind.Array or PyKind.Frame || (op != BinaryOp.Add && (a.Kind == PyKind.Column || b.Kind == PyKind.Column)))
        {
            return ArrayOperators.Apply(ctx, op, a, b);
        }

        return op switch
        {
            BinaryOp.Add => Add(ctx, a, b),
            BinaryOp.Mul => Multiply(ctx, a, b),
            BinaryOp.Mod when a.Obj is PyStr text => PercentFormat.Apply(ctx, text, b),
            _ => Sets(ctx, op, a, b),
        };
    }

    public static PyValue ApplyInPlace(PyContext ctx, BinaryOp op, PyValue a, PyValue b)
    {
        if (a.Obj is PyArray { IsSlice: true } slice)
        {
            slice.CheckMutable(ctx);
        }

        switch (a.Obj)
        {
            case PyList list when op == BinaryOp.Add:
                list.CheckMutable(ctx);
                if (!Iteration.Can(b))
                {
                    throw ctx.TypeError($"'{TypeNames.Of(b)}' object is not iterable");
                }

                if (ReferenceEquals(a.Obj, b.Obj))
                {
                    b = Iteration.ToList(ctx, b);
                }

                Iteration.Drain(ctx, b, list);
                return a;
            case PyList list when op == BinaryOp.Mul && b.IsIntegral:
                list.CheckMutable(ctx);
                var product = (PyList)Multiply(ctx, a, b).Obj!;
                list.Items = product.Items;
                list.Count = product.Count;
                return a;
            case PySet { Kind: PyKind.Set } set when b.Kind is PyKind.Set or PyKind.FrozenSet or PyKind.DictView:
                if (op is BinaryOp.BitOr or BinaryOp.BitAnd or BinaryOp.Sub or BinaryOp.BitXor)
                {
                    set.CheckMutable(ctx);
                    SetMethods.Replace(ctx, set, SetMethods.Combine(ctx, op, set, SetMethods.AsSet(ctx, b), PyKind.Set));
                    return a;
                }

                break;
            case PyDict dict when op == BinaryOp.BitOr && b.Obj is PyDict other:
                dict.CheckMutable(ctx);
                dict.Update(ctx, other);
                return a;
        }

        return Apply(ctx, op, a, b);
    }

    public static PyValue Apply(PyContext ctx, UnaryOp op, PyValue value)
    {
        ctx.Step();
        if (ArrayValues.IsTable(value))
        {
            return ArrayOperators.Apply(ctx, op, value);
        }

        if (!Numbers.IsNumber(value) || (op == UnaryOp.Invert && value.IsFloat))
        {
            var sign = op == UnaryOp.Minus ? "-" : op == UnaryOp.Plus ? "+" : "~";
            throw ctx.TypeError($"bad operand type for unary {sign}: '{TypeNames.Of(value)}'");
        }

        if (value.IsFloat)
        {
            return op == UnaryOp.Minus ? PyValue.Of(-value.Double) : value;
        }

        return op switch
        {
            UnaryOp.Minus => PyValue.Of(-Numbers.Big(value)),
            UnaryOp.Plus => PyValue.Of(Numbers.Big(value)),
            _ => PyValue.Of(-Numbers.Big(value) - 1),
        };
    }

    private static PyValue Add(PyContext ctx, PyValue a, PyValue b)
    {
        switch (a.Obj, b.Obj)
        {
            case (PyStr x, PyStr y):
                return ctx.Concat(x, y);
            case (PyList x, PyList y):
                ctx.Charge(((x.Count + y.Count) * 16L) + 56);
                var list = new PyList(x.Count + y.Count);
                x.Span.CopyTo(list.Items);
                y.Span.CopyTo(list.Items.AsSpan(x.Count));
                list.Count = x.Count + y.Count;
                return list;
            case (PyTuple x, PyTuple y):
                ctx.Charge(((x.Items.Length + y.Items.Length) * 16L) + 40);
                return new PyTuple([.. x.Items, .. y.Items]);
            case (PyBytes x, PyBytes y):
                ctx.Charge(x.Data.Length + y.Data.Length);
                return new PyBytes([.. x.Data, .. y.Data]);
            case (PyDict { Flavor: PyDictFlavor.Counter } x, PyDict { Flavor: PyDictFlavor.Counter } y):
                return CounterMethods.Combine(ctx, BinaryOp.Add, x, y);
            case (PyColumn, _) or (_, PyColumn):
                return ColumnMethods.Zip(ctx, BinaryOp.Add, a, b);
            case (PyStr, _):
                throw ctx.TypeError($"can only concatenate str (not \"{TypeNames.Of(b)}\") to str");
            case (PyList, _):
                throw ctx.TypeError($"can only concatenate list (not \"{TypeNames.Of(b)}\") to list");
            case (PyTuple, _):
                throw ctx.TypeError($"can only concatenate tuple (not \"{TypeNames.Of(b)}\") to tuple");
            case (PyBytes, _):
                throw ctx.TypeError($"can't concat {TypeNames.Of(b)} to bytes");
            default:
                throw Unsupported(ctx, BinaryOp.Add, a, b);
        }
    }

    private static PyValue Multiply(PyContext ctx, PyValue a, PyValue b)
    {
        if (Numbers.IsInteger(a))
        {
            (a, b) = (b, a);
        }

        if (!Numbers.IsInteger(b))
        {
            throw a.Kind is PyKind.Str or PyKind.List or PyKind.Tuple or PyKind.Bytes
                ? ctx.TypeError($"can't multiply sequence by non-int of type '{TypeNames.Of(b)}'")
                : b.Kind is PyKind.Str or PyKind.List or PyKind.Tuple or PyKind.Bytes
                    ? ctx.TypeError($"can't multiply sequence by non-int of type '{TypeNames.Of(a)}'")
                    : Unsupported(ctx, BinaryOp.Mul, a, b);
        }

        var times = Math.Max(0, Numbers.ToIndex(ctx, b));
        switch (a.Obj)
        {
            case PyStr text:
                ctx.ChargeItems((Int128)text.Length * times, 1);
                return Repeat(ctx, text, times);
            case PyBytes bytes:
                ctx.ChargeItems((Int128)bytes.Data.Length * times, 1);
                var repeated = new byte[bytes.Data.Length * times];
                for (var at = 0; at < repeated.Length; at += bytes.Data.Length)
                {
                    bytes.Data.CopyTo(repeated, at);
                }

                return new PyBytes(repeated);
            case PyList list:
                return PyList.Of(Repeat(ctx, list.Span, times));
            case PyTuple tuple:
                return new PyTuple(Repeat(ctx, tuple.Items, times));
            default:
                throw Unsupported(ctx, BinaryOp.Mul, a, b);
        }
    }

    private static PyStr Repeat(PyContext ctx, PyStr text, long times)
    {
        if (text.Length == 0 || times == 0)
        {
            return PyStr.Empty;
        }

        var buffer = ctx.RentBuffer();
        var room = buffer.GetSpan((int)(text.Length * times));
        for (var i = 0; i < times; i++)
        {
            text.Span.CopyTo(room[(i * text.Length)..]);
        }

        buffer.Advance((int)(text.Length * times));
        return ctx.TakeStr(buffer);
    }

    private static PyValue[] Repeat(PyContext ctx, ReadOnlySpan<PyValue> items, long times)
    {
        ctx.ChargeItems((Int128)items.Length * times, 16);
        var repeated = new PyValue[items.Length == 0 ? 0 : items.Length * times];
        for (var at = 0; at < repeated.Length; at += items.Length)
        {
            items.CopyTo(repeated.AsSpan(at));
        }

        return repeated;
    }

    private static PyValue Sets(PyContext ctx, BinaryOp op, PyValue a, PyValue b)
    {
        if (op is BinaryOp.BitOr or BinaryOp.BitAnd or BinaryOp.Sub or BinaryOp.BitXor)
        {
            if (SetMethods.IsSetLike(a) && SetMethods.IsSetLike(b))
            {
                return SetMethods.Combine(ctx, op, SetMethods.AsSet(ctx, a), SetMethods.AsSet(ctx, b), a.Kind == PyKind.FrozenSet ? PyKind.FrozenSet : PyKind.Set);
            }

            if (a.Obj is PyDict x && b.Obj is PyDict y)
            {
                if (x.Flavor == PyDictFlavor.Counter && y.Flavor == PyDictFlavor.Counter)
                {
                    return CounterMethods.Combine(ctx, op, x, y);
                }

                if (op == BinaryOp.BitOr)
                {
                    var union = x.Copy(ctx);
                    union.Update(ctx, y);
                    return union;
                }
            }

            if (op == BinaryOp.BitOr && a.Kind is PyKind.Type or PyKind.None && b.Kind is PyKind.Type or PyKind.None)
            {
                return new PyTuple([a, b]);
            }
        }

        throw Unsupported(ctx, op, a, b);
    }

    public static PyError Unsupported(PyContext ctx, BinaryOp op, PyValue a, PyValue b)
        => ctx.TypeError($"unsupported operand type(s) for {Sign(op)}: '{TypeNames.Of(a)}' and '{TypeNames.Of(b)}'");

    private static string Sign(BinaryOp op) => op switch
    {
        BinaryOp.Add => "+",
        BinaryOp.Sub => "-",
        BinaryOp.Mul => "*",
        BinaryOp.TrueDiv => "/",
        BinaryOp.FloorDiv => "//",
        BinaryOp.Mod => "%",
        BinaryOp.Pow => "** or pow()",
        BinaryOp.BitAnd => "&",
        BinaryOp.BitOr => "|",
        BinaryOp.BitXor => "^",
        BinaryOp.LeftShift => "<<",
        _ => ">>",
    };
}
