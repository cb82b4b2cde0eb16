namespace Skiff.Python.Interpreter;

/// <summary>Arrays side by side, and in other shapes.</summary>
internal static class ArrayShapes
{
    /// <summary><c>np.c_</c>, <c>np.column_stack</c>, and <c>np.hstack</c> of arrays of two dimensions.</summary>
    public static PyArray SideBySide(PyContext ctx, ReadOnlySpan<PyValue> parts)
    {
        var arrays = new PyArray[parts.Length];
        var (rows, width, type) = (-1, 0, PyNumberType.Bool);
        for (var i = 0; i < arrays.Length; i++)
        {
            arrays[i] = ArrayValues.Of(ctx, parts[i]);
            var height = arrays[i].Rank == 2 ? arrays[i].Rows : arrays[i].Data.Length;
            if (rows >= 0 && rows != height)
            {
                throw ctx.ValueError("all the input array dimensions except for the concatenation axis must match exactly");
            }

            rows = height;
            width += arrays[i].Rank == 2 ? arrays[i].Columns : 1;
            type = arrays[i].Type > type ? arrays[i].Type : type;
        }

        var result = PyArray.Make(ctx, 2, Math.Max(rows, 0), width, type);
        var first = 0;
        foreach (var array in arrays)
        {
            var columns = array.Rank == 2 ? array.Columns : 1;
            for (var i = 0; i < rows; i++)
            {
                array.Data.AsSpan(i * columns, columns).CopyTo(result.Data.AsSpan((i * width) + first));
            }

            first += columns;
        }

        return result;
    }

    /// <summary><c>reshape</c> to one or two dimensions, one of which may be -1.</summary>
    public static PyArray Reshape(PyContext ctx, PyArray array, ReadOnlySpan<PyValue> shape)
    {
        if (shape.Length == 1 && shape[0].Kind is PyKind.Tuple or PyKind.List)
        {
            return Reshape(ctx, array, Iteration.Items(ctx, shape[0]).ToArray());
        }

        if (shape.Length is not (1 or 2))
        {
            throw ctx.ValueError("arrays of one and two dimensions are supported");
        }

        var size = array.Data.Length;
        var first = Numbers.ToIndex(ctx, shape[0]);
        var second = shape.Length == 2 ? Numbers.ToIndex(ctx, shape[1]) : 1;
        first = first == -1 && second > 0 ? size / second : first;
        second = second == -1 && first > 0 ? size / first : second;
        if (first < 0 || second < 0 || (Int128)first * second != size)
        {
            throw ctx.ValueError($"cannot reshape array of size {size} into that shape");
        }

        ctx.Charge(size * 8L);
        double[] data = [.. array.Data];
        return shape.Length == 1
            ? new PyArray(data, 1, 1, (int)first, array.Type) { IsSlice = true }
            : new PyArray(data, 2, (int)first, (int)second, array.Type) { IsSlice = true };
    }

    /// <summary>A reduction over all, the rows or the columns.</summary>
    public static PyValue Reduce(PyContext ctx, PyValue value, PyValue axis, bool skipsMissing, Func<double[], double> reduce)
    {
        var array = ArrayValues.Of(ctx, value);
        skipsMissing |= array.IsSeries || value.Obj is PyFrame;
        ctx.Charge(array.Data.Length * 8L);
        if (array.Rank < 2 || (axis.IsMissing && value.Obj is not PyFrame))
        {
            return PyValue.Of(reduce(Kept(array.Data, skipsMissing)));
        }

        var byRow = !axis.IsMissing && Numbers.ToIndex(ctx, axis) is 1 or -1;
        var result = PyArray.Make(ctx, 1, 1, byRow ? array.Rows : array.Columns, PyNumberType.Float, value.Obj is PyFrame);
        for (var i = 0; i < result.Data.Length; i++)
        {
            var values = byRow ? array.Data.AsSpan(i * array.Columns, array.Columns).ToArray() : ArraySubscripts.Column(ctx, array, i).Data;
            result.Data[i] = reduce(Kept(values, skipsMissing));
        }

        return result;
    }

    private static double[] Kept(double[] values, bool skipsMissing) => skipsMissing ? [.. values.Where(x => !double.IsNaN(x))] : values;
}
