namespace Skiff.Python.Interpreter;

/// <summary>What is done to a frame column by column.</summary>
internal static class FrameOperators
{
    public static PyFrame Map(PyFrame frame, Func<PyValue, PyObject> map)
    {
        var result = new PyFrame(frame.Rows);
        for (var j = 0; j < frame.Columns.Count; j++)
        {
            result.Add(frame.Names[j], map(frame.Columns[j]));
        }

        return result;
    }

    /// <summary>Two frames by name, or a frame and an array by position, or a frame and one value.</summary>
    public static PyValue Zip(PyContext ctx, PyValue a, PyValue b, Func<PyValue, PyValue, PyValue> zip)
    {
        var frame = a.Obj as PyFrame ?? (PyFrame)b.Obj!;
        var result = new PyFrame(frame.Rows);
        for (var j = 0; j < frame.Columns.Count; j++)
        {
            var value = zip(Side(ctx, a, frame, j), Side(ctx, b, frame, j));
            result.Add(frame.Names[j], ArrayValues.AsColumn(ctx, value, frame.Rows));
        }

        return result;
    }

    private static PyValue Side(PyContext ctx, PyValue value, PyFrame frame, int column)
    {
        switch (value.Obj)
        {
            case PyFrame other:
                var place = other.Find(frame.Names[column]);
                return place >= 0 && other.Columns.Count == frame.Columns.Count && other.Rows == frame.Rows
                    ? other.Columns[place]
                    : throw ctx.ValueError("operators over two DataFrames take the same columns here");
            case PyArray { IsSeries: true } or PyColumn:
                throw ctx.TypeError("a DataFrame and a Series are aligned by labels, which is not supported; take the column, or .values");
            case PyArray { Rank: 2 } array:
                return array.Rows == frame.Rows && array.Columns == frame.Columns.Count
                    ? ArraySubscripts.Column(ctx, array, column)
                    : throw ctx.ValueError($"Unable to coerce to DataFrame, shape must be ({frame.Rows}, {frame.Columns.Count}): given {array.ShapeText}");
            case PyArray { Rank: 1 } array:
                return array.Columns == frame.Columns.Count ? array.Item(column) : throw ctx.ValueError("Unable to coerce to Series, length must be that of the columns");
            default:
                return value;
        }
    }
}
