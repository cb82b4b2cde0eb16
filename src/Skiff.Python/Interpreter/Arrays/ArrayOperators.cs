namespace Skiff.Python.Interpreter;

/// <summary>Operators over arrays, Series and frames: cell by cell, the smaller side repeated as numpy broadcasts.</summary>
internal static class ArrayOperators
{
    public static PyValue Apply(PyContext ctx, BinaryOp op, PyValue a, PyValue b)
    {
        if (a.Obj is PyFrame || b.Obj is PyFrame)
        {
            return FrameOperators.Zip(ctx, a, b, (x, y) => Apply(ctx, op, x, y));
        }

        if (ArrayValues.Find(ctx, a) is { } left && ArrayValues.Find(ctx, b) is { } right)
        {
            return Arithmetic(ctx, op, left, right);
        }

        return a.Kind == PyKind.Array || b.Kind == PyKind.Array ? throw Operators.Unsupported(ctx, op, a, b) : ColumnMethods.Zip(ctx, op, a, b);
    }

    public static PyValue Compare(PyContext ctx, CompareOp op, PyValue a, PyValue b)
    {
        if (a.Obj is PyFrame || b.Obj is PyFrame)
        {
            return FrameOperators.Zip(ctx, a, b, (x, y) => Compare(ctx, op, x, y));
        }

        if (ArrayValues.Find(ctx, a) is { } left && ArrayValues.Find(ctx, b) is { } right)
        {
            return Broadcast(ctx, left, right, PyNumberType.Bool, (x, y) => Holds(op, x, y) ? 1 : 0);
        }

        return CompareItems(ctx, op, a, b);
    }

    public static PyValue Apply(PyContext ctx, UnaryOp op, PyValue value)
    {
        if (value.Obj is PyFrame frame)
        {
            return FrameOperators.Map(frame, column => Apply(ctx, op, column).Obj!);
        }

        var array = ArrayValues.Of(ctx, value);
        if (op != UnaryOp.Invert)
        {
            return op == UnaryOp.Plus ? value
                : array.Type == PyNumberType.Bool ? throw ctx.TypeError("The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.")
                : Map(ctx, array, array.Type, x => -x);
        }

        return array.Type switch
        {
            PyNumberType.Bool => Map(ctx, array, PyNumberType.Bool, x => 1 - x),
            PyNumberType.Int => Map(ctx, array, PyNumberType.Int, x => -x - 1),
            _ => throw ctx.TypeError("ufunc 'invert' not supported for the input types"),
        };
    }

    /// <summary>A function of one number over all numbers of a value, a plain number included.</summary>
    public static PyValue Map(PyContext ctx, PyValue value, PyNumberType? type, Func<double, double> function)
    {
        if (value.Obj is PyFrame frame)
        {
            return FrameOperators.Map(frame, column => Map(ctx, column, type, function).Obj!);
        }

        var array = ArrayValues.Of(ctx, value);
        return ArrayValues.Plain(Map(ctx, array, type ?? array.Type, function));
    }

    /// <summary>A function of two numbers, broadcast.</summary>
    public static PyValue Zip(PyContext ctx, PyValue a, PyValue b, PyNumberType? type, Func<double, double, double> function)
    {
        if (a.Obj is PyFrame || b.Obj is PyFrame)
        {
            return FrameOperators.Zip(ctx, a, b, (x, y) => Zip(ctx, x, y, type, function));
        }

        var left = ArrayValues.Of(ctx, a);
        var right = ArrayValues.Of(ctx, b);
        return Broadcast(ctx, left, right, type ?? Wider(left, right), function);
    }

    public static PyArray Map(PyContext ctx, PyArray array, PyNumberType type, Func<double, double> function)
    {
        var result = array.Like(ctx, type);
        for (var i = 0; i < result.Data.Length; i++)
        {
            result.Data[i] = function(array.Data[i]);
        }

        return result;
    }

    private static PyValue Arithmetic(PyContext ctx, BinaryOp op, PyArray a, PyArray b)
    {
        var wider = Wider(a, b);
        if (op >= BinaryOp.BitAnd && wider == PyNumberType.Float)
        {
            throw ctx.TypeError("ufunc of bits not supported for the input types: compare first, with parentheses around each comparison");
        }

        if (wider == PyNumberType.Bool && op is not (BinaryOp.BitAnd or BinaryOp.BitOr or BinaryOp.BitXor))
        {
            return op switch
            {
                BinaryOp.Add => Broadcast(ctx, a, b, wider, (x, y) => Math.Max(x, y)),
                BinaryOp.Mul => Broadcast(ctx, a, b, wider, (x, y) => x * y),
                BinaryOp.TrueDiv => Broadcast(ctx, a, b, PyNumberType.Float, (x, y) => x / y),
                _ => throw ctx.TypeError("numpy boolean arrays take +, *, /, &, | and ^ here; make them numbers with astype(int)"),
            };
        }

        var isInt = wider == PyNumberType.Int;
        return op switch
        {
            BinaryOp.Add => Broadcast(ctx, a, b, wider, (x, y) => x + y),
            BinaryOp.Sub => Broadcast(ctx, a, b, wider, (x, y) => x - y),
            BinaryOp.Mul => Broadcast(ctx, a, b, wider, (x, y) => x * y),
            BinaryOp.TrueDiv => Broadcast(ctx, a, b, PyNumberType.Float, (x, y) => x / y),
            BinaryOp.FloorDiv => Broadcast(ctx, a, b, wider, (x, y) => y == 0 ? (isInt ? 0 : x / y) : Interpreter.Arithmetic.FloorDivide(x, y)),
            BinaryOp.Mod => Broadcast(ctx, a, b, wider, (x, y) => y == 0 ? (isInt ? 0 : double.NaN) : Interpreter.Arithmetic.Modulo(x, y)),
            BinaryOp.Pow => Broadcast(ctx, a, b, wider, Math.Pow),
            BinaryOp.BitAnd => Broadcast(ctx, a, b, wider, (x, y) => (long)x & (long)y),
            BinaryOp.BitOr => Broadcast(ctx, a, b, wider, (x, y) => (long)x | (long)y),
            BinaryOp.BitXor => Broadcast(ctx, a, b, wider, (x, y) => (long)x ^ (long)y),
            _ => throw ctx.TypeError("shifts of arrays are not supported"),
        };
    }

    private static PyNumberType Wider(PyArray a, PyArray b) => a.Type > b.Type ? a.Type : b.Type;

    private static PyValue Broadcast(PyContext ctx, PyArray a, PyArray b, PyNumberType type, Func<double, double, double> function)
    {
        if ((a.Rows != b.Rows && a.Rows != 1 && b.Rows != 1) || (a.Columns != b.Columns && a.Columns != 1 && b.Columns != 1))
        {
            throw ctx.ValueError($"operands could not be broadcast together with shapes {a.ShapeText} {b.ShapeText} ");
        }

        var rows = a.Rows == 1 ? b.Rows : a.Rows;
        var columns = a.Columns == 1 ? b.Columns : a.Columns;
        var result = PyArray.Make(ctx, Math.Max(a.Rank, b.Rank), rows, columns, type, a.IsSeries || b.IsSeries);
        var (downA, acrossA) = (a.Rows == 1 ? 0 : a.Columns, a.Columns == 1 ? 0 : 1);
        var (downB, acrossB) = (b.Rows == 1 ? 0 : b.Columns, b.Columns == 1 ? 0 : 1);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                result.Data[(i * columns) + j] = function(a.Data[(i * downA) + (j * acrossA)], b.Data[(i * downB) + (j * acrossB)]);
            }
        }

        return ArrayValues.Plain(result);
    }

    private static bool Holds(CompareOp op, double x, double y) => op switch
    {
        CompareOp.Equal => x == y,
        CompareOp.NotEqual => x != y,
        CompareOp.Less => x < y,
        CompareOp.LessEqual => x <= y,
        CompareOp.Greater => x > y,
        _ => x >= y,
    };

    // Texts and other objects: what is missing is unlike anything.
    private static PyArray CompareItems(PyContext ctx, CompareOp op, PyValue a, PyValue b)
    {
        var shape = a.Obj as PyColumn ?? b.Obj as PyColumn;
        var count = shape?.Count ?? (ArrayValues.Find(ctx, a) ?? ArrayValues.Of(ctx, b)).Data.Length;
        var result = PyArray.Make(ctx, 1, 1, count, PyNumberType.Bool, shape is null || shape.ColumnKind == PyColumnKind.Series);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (At(ctx, a, i, count), At(ctx, b, i, count));
            var isMissing = PandasModule.IsMissing(x) || PandasModule.IsMissing(y);
            result.Data[i] = (isMissing ? op == CompareOp.NotEqual : PyCompare.Test(ctx, op, x, y)) ? 1 : 0;
        }

        return result;
    }

    private static PyValue At(PyContext ctx, PyValue value, int index, int count)
    {
        if (!IsSequence(value))
        {
            return value;
        }

        var items = Iteration.Items(ctx, value);
        return items.Length == count ? items[index] : throw ctx.ValueError("Lengths must match to compare");
    }

    private static bool IsSequence(PyValue value) => value.Kind is PyKind.Column or PyKind.List or PyKind.Tuple or PyKind.Array;
}
