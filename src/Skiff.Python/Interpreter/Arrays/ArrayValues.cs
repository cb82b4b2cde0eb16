namespace Skiff.Python.Interpreter;

/// <summary>Arrays from other values, and other values from arrays.</summary>
internal static class ArrayValues
{
    /// <summary>Whether operators and functions treat the value cell by cell.</summary>
    public static bool IsTable(PyValue value) => value.Kind is PyKind.Array or PyKind.Frame or PyKind.Column;

    /// <summary>The value as an array of numbers.</summary>
    public static PyArray Of(PyContext ctx, PyValue value) =>
        Find(ctx, value) ?? throw ctx.TypeError($"'{TypeNames.Of(value)}' does not hold numbers only");

    /// <summary>The value as an array of numbers, or null where it holds something else.</summary>
    public static PyArray? Find(PyContext ctx, PyValue value)
    {
        switch (value.Obj)
        {
            case PyArray array:
                return array;
            case PyFrame frame:
                return OfFrame(ctx, frame);
            case PyColumn column:
                return OfItems(ctx, column.Span, column.ColumnKind == PyColumnKind.Series);
            case PyList or PyTuple:
                return OfSequence(ctx, Iteration.Items(ctx, value));
            case PyRange or PyIterator:
                return OfSequence(ctx, Iteration.ToList(ctx, value).Span);
            default:
                return Numbers.IsNumber(value) ? new PyArray([Numbers.ToDouble(ctx, value)], 0, 1, 1, TypeOf(value)) : null;
        }
    }

    /// <summary>A column for a frame: one dimension, as a Series.</summary>
    public static PyObject AsColumn(PyContext ctx, PyValue value, int rows)
    {
        if (value.Obj is PyColumn texts && Find(ctx, value) is null)
        {
            RequireLength(ctx, texts.Count, rows);
            return new PyColumn(texts.Items, texts.Count, PyColumnKind.Series);
        }

        if (value.Kind is PyKind.Str or PyKind.None)
        {
            return new PyColumn([.. Enumerable.Repeat(value, rows)], rows, PyColumnKind.Series);
        }

        if (value.Obj is PyList or PyTuple && Find(ctx, value) is null)
        {
            var items = Iteration.Items(ctx, value).ToArray();
            RequireLength(ctx, items.Length, rows);
            return new PyColumn(items, items.Length, PyColumnKind.Series);
        }

        var array = Of(ctx, value);
        if (array.Rank == 0)
        {
            var filled = PyArray.Make(ctx, 1, 1, rows, array.Type, isSeries: true);
            filled.Data.AsSpan().Fill(array.Data[0]);
            return filled;
        }

        RequireLength(ctx, array.Data.Length, rows);
        return new PyArray([.. array.Data], 1, 1, rows, array.Type, isSeries: true);
    }

    /// <summary>What the numbers of a plain value are.</summary>
    public static PyNumberType TypeOf(PyValue value) => value.IsFloat ? PyNumberType.Float : value.IsBool ? PyNumberType.Bool : PyNumberType.Int;

    /// <summary>An array of none dimensions as a plain number; others as they are.</summary>
    public static PyValue Plain(PyArray array) => array.Rank == 0 ? array.Item(0) : array;

    private static void RequireLength(PyContext ctx, int length, int rows)
    {
        if (length != rows)
        {
            throw ctx.ValueError($"Length of values ({length}) does not match length of index ({rows})");
        }
    }

    private static PyArray? OfItems(PyContext ctx, ReadOnlySpan<PyValue> items, bool isSeries)
    {
        var type = PyNumberType.Bool;
        foreach (var item in items)
        {
            if (!Numbers.IsNumber(item) && !item.IsNone)
            {
                return null;
            }

            var its = item.IsNone ? PyNumberType.Float : TypeOf(item);
            type = its > type ? its : type;
        }

        var array = PyArray.Make(ctx, 1, 1, items.Length, items.Length == 0 ? PyNumberType.Float : type, isSeries);
        for (var i = 0; i < items.Length; i++)
        {
            array.Data[i] = items[i].IsNone ? double.NaN : Numbers.ToDouble(ctx, items[i]);
        }

        return array;
    }

    private static PyArray? OfSequence(PyContext ctx, ReadOnlySpan<PyValue> items)
    {
        if (items.Length == 0 || items[0].Kind is not (PyKind.List or PyKind.Tuple or PyKind.Array or PyKind.Column))
        {
            return OfItems(ctx, items, isSeries: false);
        }

        var rows = new PyArray[items.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            if (items[i].Kind is not (PyKind.List or PyKind.Tuple or PyKind.Array or PyKind.Column) || Find(ctx, items[i]) is not { Rank: <= 1 } row)
            {
                return null;
            }

            rows[i] = row;
        }

        var array = PyArray.Make(ctx, 2, rows.Length, rows[0].Data.Length, rows.Max(row => row.Type));
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Data.Length != array.Columns)
            {
                throw ctx.ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape");
            }

            rows[i].Data.CopyTo(array.Data, i * array.Columns);
        }

        return array;
    }

    private static PyArray? OfFrame(PyContext ctx, PyFrame frame)
    {
        var columns = new PyArray[frame.Columns.Count];
        for (var j = 0; j < columns.Length; j++)
        {
            if (Find(ctx, frame.Columns[j]) is not { } column)
            {
                return null;
            }

            columns[j] = column;
        }

        var array = PyArray.Make(ctx, 2, frame.Rows, columns.Length, columns.Length == 0 ? PyNumberType.Float : columns.Max(column => column.Type));
        for (var j = 0; j < columns.Length; j++)
        {
            for (var i = 0; i < frame.Rows; i++)
            {
                array.Data[(i * columns.Length) + j] = columns[j].Data[i];
            }
        }

        return array;
    }
}
