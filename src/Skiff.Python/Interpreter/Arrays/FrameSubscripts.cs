namespace Skiff.Python.Interpreter;

/// <summary>Columns and rows of frames: by name, by <c>iloc</c> and <c>loc</c>. What is read is a copy.</summary>
internal static class FrameSubscripts
{
    private static readonly PyValue Everything = new(new PySlice(PyValue.None, PyValue.None, PyValue.None));

    public static PyValue Get(PyContext ctx, PyFrame frame, PyValue index) => index.Kind switch
    {
        PyKind.Str => frame.Columns[Find(ctx, frame, index)],
        PyKind.List when ArrayValues.Find(ctx, index) is not { Type: PyNumberType.Bool, Data.Length: > 0 } => Select(ctx, frame, Everything, index, byLabel: true),
        _ => Select(ctx, frame, index, Everything, byLabel: false),
    };

    public static void Set(PyContext ctx, PyFrame frame, PyValue index, PyValue value)
    {
        frame.CheckMutable(ctx);
        if (index.Obj is PyStr name)
        {
            Put(frame, name.ToString(), ArrayValues.AsColumn(ctx, value, frame.Rows));
            return;
        }

        if (index.Kind != PyKind.List)
        {
            throw ctx.TypeError("columns of a DataFrame are set by name, or with .loc and .iloc");
        }

        var names = Iteration.Items(ctx, index).ToArray();
        for (var j = 0; j < names.Length; j++)
        {
            var part = value.Obj switch
            {
                PyFrame other when j < other.Columns.Count => other.Columns[j],
                PyArray { Rank: 2 } array when j < array.Columns => ArraySubscripts.Column(ctx, array, j),
                PyFrame or PyArray { Rank: 2 } => throw ctx.ValueError("Columns must be same length as key"),
                _ => value,
            };
            Put(frame, NameOf(ctx, names[j]), ArrayValues.AsColumn(ctx, part, frame.Rows));
        }
    }

    public static PyValue Get(PyContext ctx, PyIndexer indexer, PyValue index)
    {
        switch (indexer.Target)
        {
            case null:
                return ArrayShapes.SideBySide(ctx, index.Obj is PyTuple parts ? parts.Items : [index]);
            case PyArray array:
                return ArraySubscripts.Get(ctx, array, index);
            case PyFrame frame:
                return index.Obj is PyTuple { Items: [var rows, var columns] }
                    ? Select(ctx, frame, rows, columns, indexer.ByLabel)
                    : Select(ctx, frame, index, Everything, indexer.ByLabel);
            default:
                return Subscripts.Get(ctx, indexer.Target, index);
        }
    }

    public static void Set(PyContext ctx, PyIndexer indexer, PyValue index, PyValue value)
    {
        if (indexer.Target is PyArray array)
        {
            ArraySubscripts.Set(ctx, array, index, value);
            return;
        }

        if (indexer.Target is not PyFrame frame || index.Obj is not PyTuple { Items: [var rows, var columns] })
        {
            throw ctx.TypeError("rows of a DataFrame are set with .loc[rows, columns] and .iloc[rows, columns]");
        }

        frame.CheckMutable(ctx);
        var places = columns.Obj is PyStr name && indexer.ByLabel && frame.Find(name.ToString()) < 0 ? [Added(ctx, frame, name.ToString())] : Places(ctx, frame, columns, indexer.ByLabel).Positions;
        foreach (var place in places)
        {
            var column = ArrayValues.Of(ctx, frame.Columns[place]);
            var wide = new PyArray([.. column.Data], 1, 1, frame.Rows, PyNumberType.Float, isSeries: true);
            ArraySubscripts.Set(ctx, wide, rows, value);
            frame.Columns[place] = wide;
        }
    }

    /// <summary>Puts a column in its place, or after the last.</summary>
    public static void Put(PyFrame frame, string name, PyObject column)
    {
        var place = frame.Find(name);
        if (place >= 0)
        {
            frame.Columns[place] = column;
        }
        else
        {
            frame.Add(name, column);
        }
    }

    /// <summary>A name as text.</summary>
    public static string NameOf(PyContext ctx, PyValue value) =>
        value.Obj is PyStr name ? name.ToString() : throw ctx.TypeError($"columns are named by str here, not by {TypeNames.Of(value)}");

    private static PyValue Select(PyContext ctx, PyFrame frame, PyValue rows, PyValue columns, bool byLabel)
    {
        var places = Places(ctx, frame, columns, byLabel);
        if (places.Drops)
        {
            return Rows(ctx, frame.Columns[places.Positions[0]], rows);
        }

        var whole = new PyFrame(frame.Rows);
        foreach (var place in places.Positions)
        {
            whole.Add(frame.Names[place], frame.Columns[place]);
        }

        if (rows.Obj is PySlice { Start.IsNone: true, Stop.IsNone: true, Step.IsNone: true })
        {
            return whole;
        }

        var height = Selection.Of(ctx, rows, frame.Rows);
        var chosen = new PyFrame(height.Positions.Length);
        for (var j = 0; j < whole.Columns.Count; j++)
        {
            var part = Rows(ctx, whole.Columns[j], rows);
            chosen.Add(whole.Names[j], ArrayValues.AsColumn(ctx, part, chosen.Rows));
        }

        return chosen;
    }

    private static PyValue Rows(PyContext ctx, PyObject column, PyValue rows)
    {
        if (column is PyArray array)
        {
            return ArraySubscripts.Get(ctx, array, rows);
        }

        var items = (PyColumn)column;
        var selection = Selection.Of(ctx, rows, items.Count);
        return selection.Drops
            ? items.Items[selection.Positions[0]]
            : new PyColumn([.. selection.Positions.Select(i => items.Items[i])], selection.Positions.Length, items.ColumnKind);
    }

    private static Selection Places(PyContext ctx, PyFrame frame, PyValue columns, bool byLabel)
    {
        if (!byLabel || columns.Kind is PyKind.Slice)
        {
            return Selection.Of(ctx, columns, frame.Columns.Count);
        }

        return columns.Kind == PyKind.Str
            ? new Selection([Find(ctx, frame, columns)], true)
            : new Selection([.. Iteration.Items(ctx, columns).ToArray().Select(name => Find(ctx, frame, name))], false);
    }

    private static int Added(PyContext ctx, PyFrame frame, string name)
    {
        frame.Add(name, ArrayValues.AsColumn(ctx, PyValue.Of(double.NaN), frame.Rows));
        return frame.Columns.Count - 1;
    }

    private static int Find(PyContext ctx, PyFrame frame, PyValue name)
    {
        var place = name.Obj is PyStr text ? frame.Find(text.ToString()) : -1;
        return place >= 0 ? place : throw ctx.KeyError(name);
    }
}
