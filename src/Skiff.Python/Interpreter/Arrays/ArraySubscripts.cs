namespace Skiff.Python.Interpreter;

/// <summary>Which positions of a dimension an index means, and whether that dimension goes away.</summary>
internal readonly record struct Selection(int[] Positions, bool Drops)
{
    public static Selection Of(PyContext ctx, PyValue index, int length)
    {
        switch (index.Obj)
        {
            case PySlice slice:
                var range = SliceRange.Of(ctx, slice.Start, slice.Stop, slice.Step, length);
                ctx.ChargeItems(range.Count, sizeof(int));
                return new Selection([.. Enumerable.Range(0, range.Count).Select(i => range.Start + (i * range.Step))], false);
            case PyTag when index.Kind == PyKind.Ellipsis:
                return new Selection([.. Enumerable.Range(0, length)], false);
            case PyTag or PyBigInt:
                return new Selection([At(ctx, index, length)], true);
        }

        var array = ArrayValues.Of(ctx, index);
        if (array.Type == PyNumberType.Bool && array.Rank <= 1)
        {
            return array.Data.Length == length
                ? new Selection([.. Enumerable.Range(0, length).Where(i => array.Data[i] != 0)], false)
                : throw ctx.IndexError($"boolean index did not match indexed array; size of axis is {length} but size of corresponding boolean axis is {array.Data.Length}");
        }

        return array.Type == PyNumberType.Int && array.Rank <= 1
            ? new Selection([.. Enumerable.Range(0, array.Data.Length).Select(i => At(ctx, array.Item(i), length))], false)
            : throw ctx.IndexError("arrays used as indices must be of integer (or boolean) type");
    }

    private static int At(PyContext ctx, PyValue index, int length)
    {
        if (!Numbers.IsInteger(index))
        {
            throw ctx.IndexError("only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices");
        }

        var at = Numbers.ToIndex(ctx, index);
        at = at < 0 ? at + length : at;
        return at >= 0 && at < length ? (int)at : throw ctx.IndexError($"index {Numbers.ToIndex(ctx, index)} is out of bounds for axis with size {length}");
    }
}

/// <summary>Items and slices of arrays: reading and writing. What is read is a copy.</summary>
internal static class ArraySubscripts
{
    public static PyValue Get(PyContext ctx, PyArray array, PyValue index)
    {
        if (index.Obj is PyTuple { Items: [var first, var second] } && (first.IsNone || second.IsNone))
        {
            return WithNewAxis(ctx, array, first, second);
        }

        if (index.Obj is PyArray { Rank: 2, Type: PyNumberType.Bool } mask)
        {
            var chosen = Enumerable.Range(0, array.Data.Length).Where(i => mask.Data.Length == array.Data.Length && mask.Data[i] != 0).Select(i => array.Data[i]).ToArray();
            return new PyArray(chosen, 1, 1, chosen.Length, array.Type);
        }

        var (rows, columns) = Selections(ctx, array, index);
        var rank = array.Rank - (rows.Drops && array.Rank == 2 ? 1 : 0) - (columns.Drops ? 1 : 0);
        var (height, width) = (rows.Positions.Length, columns.Positions.Length);
        var result = rank == 1 && columns.Drops && array.Rank == 2
            ? PyArray.Make(ctx, 1, 1, height, array.Type, array.IsSeries)
            : PyArray.Make(ctx, rank, rank == 2 ? height : 1, width, array.Type, array.IsSeries);
        result.IsSlice = !result.IsSeries && rank > 0 && IsBasic(index);
        var at = 0;
        foreach (var i in rows.Positions)
        {
            foreach (var j in columns.Positions)
            {
                result.Data[at++] = array.Data[(i * array.Columns) + j];
            }
        }

        return ArrayValues.Plain(result);
    }

    public static void Set(PyContext ctx, PyArray array, PyValue index, PyValue value)
    {
        array.CheckMutable(ctx);
        var given = ArrayValues.Of(ctx, value);
        if (index.Obj is PyArray { Rank: 2, Type: PyNumberType.Bool } mask && mask.Data.Length == array.Data.Length && given.Data.Length == 1)
        {
            for (var i = 0; i < array.Data.Length; i++)
            {
                array.Data[i] = mask.Data[i] != 0 ? given.Data[0] : array.Data[i];
            }

            return;
        }

        var (rows, columns) = Selections(ctx, array, index);
        var count = rows.Positions.Length * columns.Positions.Length;
        if (given.Data.Length != 1 && given.Data.Length != count && given.Data.Length != columns.Positions.Length)
        {
            throw ctx.ValueError($"could not broadcast input array from shape {given.ShapeText} into shape ({rows.Positions.Length},{columns.Positions.Length})");
        }

        var at = 0;
        foreach (var i in rows.Positions)
        {
            foreach (var j in columns.Positions)
            {
                array.Data[(i * array.Columns) + j] = Stored(array.Type, given.Data[at++ % given.Data.Length]);
            }
        }
    }

    /// <summary>A column of an array of two dimensions, as an array of one.</summary>
    public static PyArray Column(PyContext ctx, PyArray array, int column)
    {
        var result = PyArray.Make(ctx, 1, 1, array.Rows, array.Type);
        for (var i = 0; i < array.Rows; i++)
        {
            result.Data[i] = array.Data[(i * array.Columns) + column];
        }

        return result;
    }

    private static (Selection Rows, Selection Columns) Selections(PyContext ctx, PyArray array, PyValue index)
    {
        if (array.Rank == 1)
        {
            return (new Selection([0], false), Selection.Of(ctx, index, array.Columns));
        }

        if (array.Rank == 0)
        {
            throw ctx.IndexError("too many indices for array: array is 0-dimensional");
        }

        if (index.Obj is not PyTuple tuple)
        {
            return (Selection.Of(ctx, index, array.Rows), Selection.Of(ctx, new PySlice(PyValue.None, PyValue.None, PyValue.None), array.Columns));
        }

        var (rows, columns) = tuple.Items.Length == 2
            ? (Selection.Of(ctx, tuple.Items[0], array.Rows), Selection.Of(ctx, tuple.Items[1], array.Columns))
            : throw ctx.IndexError($"too many indices for array: array is 2-dimensional, but {tuple.Items.Length} were indexed");
        return IsList(tuple.Items[0]) && IsList(tuple.Items[1])
            ? throw ctx.IndexError("lists as both indices are not supported; index the rows first, then the columns")
            : (rows, columns);
    }

    // By lists and masks numpy copies, by slices and places it does not.
    private static bool IsBasic(PyValue index) => index.Obj is PyTuple tuple ? !tuple.Items.Any(IsList) : !IsList(index);

    private static bool IsList(PyValue index) => index.Kind is PyKind.List or PyKind.Array or PyKind.Column;

    private static double Stored(PyNumberType type, double value) => type switch
    {
        PyNumberType.Bool => value != 0 ? 1 : 0,
        PyNumberType.Int => Math.Truncate(value),
        _ => value,
    };

    private static PyValue WithNewAxis(PyContext ctx, PyArray array, PyValue first, PyValue second)
    {
        if (array.Rank == 2 && array.Rows > 0 && second.IsNone && !first.IsNone)
        {
            throw ctx.IndexError("arrays of three dimensions are not supported");
        }

        var chosen = (PyArray)Get(ctx, array, first.IsNone ? second : first).Obj!;
        return chosen.Rank != 1 ? throw ctx.IndexError("arrays of three dimensions are not supported")
            : first.IsNone ? new PyArray(chosen.Data, 2, 1, chosen.Columns, chosen.Type) { IsSlice = true }
            : new PyArray(chosen.Data, 2, chosen.Columns, 1, chosen.Type) { IsSlice = true };
    }
}
