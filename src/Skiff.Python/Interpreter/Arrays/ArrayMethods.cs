namespace Skiff.Python.Interpreter;

/// <summary>The methods of arrays, Series and frames.</summary>
internal static class ArrayMethods
{
    /// <summary>Those of arrays and frames alike.</summary>
    public static readonly PyBuiltin[] Shared =
    [
        new("copy", "deep?", (ctx, self, _) => Copy(ctx, self)),
        new("astype", "dtype,copy?", (ctx, self, args) => AsType(ctx, self, args[0])),
        new("fillna", "value", (ctx, self, args) => FillMissing(ctx, self, args[0])),
        new("isna", "/", (ctx, self, _) => ArrayOperators.Map(ctx, self, PyNumberType.Bool, x => double.IsNaN(x) ? 1 : 0)),
        new("isnull", "/", (ctx, self, _) => ArrayOperators.Map(ctx, self, PyNumberType.Bool, x => double.IsNaN(x) ? 1 : 0)),
        new("notna", "/", (ctx, self, _) => ArrayOperators.Map(ctx, self, PyNumberType.Bool, x => double.IsNaN(x) ? 0 : 1)),
        new("notnull", "/", (ctx, self, _) => ArrayOperators.Map(ctx, self, PyNumberType.Bool, x => double.IsNaN(x) ? 0 : 1)),
        new("clip", "lower?,upper?,min?,max?", (ctx, self, args) => Clip(ctx, self, args[0].IsMissing ? args[2] : args[0], args[1].IsMissing ? args[3] : args[1])),
        new("round", "decimals?", (ctx, self, args) => Round(ctx, self, args[0])),
        new("abs", "/", (ctx, self, _) => ArrayOperators.Map(ctx, self, null, Math.Abs)),
        new("to_numpy", "dtype?,copy?", (ctx, self, _) => ArrayValues.Of(ctx, self).As(isSeries: false)),
        new("pipe", "func", (ctx, self, args) => Caller.Call(ctx, args[0], self)),
        new("sum", "axis?", (ctx, self, args) => ArrayShapes.Reduce(ctx, self, args[0], false, Enumerable.Sum)),
        new("mean", "axis?", (ctx, self, args) => ArrayShapes.Reduce(ctx, self, args[0], false, Mean)),
        new("min", "axis?", (ctx, self, args) => ArrayShapes.Reduce(ctx, self, args[0], false, Lowest)),
        new("max", "axis?", (ctx, self, args) => ArrayShapes.Reduce(ctx, self, args[0], false, Highest)),
    ];

    public static readonly PyBuiltin[] OfArrays =
    [
        new("reshape", "/,*args", (ctx, self, args) => ArrayShapes.Reshape(ctx, (PyArray)self.Obj!, args)),
        new("ravel", "/", (ctx, self, _) => ArrayShapes.Reshape(ctx, (PyArray)self.Obj!, [PyValue.Of(-1)])),
        new("flatten", "/", (ctx, self, _) => ArrayShapes.Reshape(ctx, (PyArray)self.Obj!, [PyValue.Of(-1)])),
        new("to_frame", "name?", (ctx, self, args) => ToFrame(ctx, self, args[0])),
        new("map", "arg,na_action?", (ctx, self, args) => ColumnMethods.MapWith(ctx, Items(ctx, self), args)),
        new("apply", "func,convert_dtype?,args?,**kwargs", (ctx, self, args) => ColumnMethods.Apply(ctx, Items(ctx, self), args)),
    ];

    public static readonly PyBuiltin[] OfFrames =
    [
        new("assign", "**kwargs", Assign),
        new("drop", "labels?,axis?,index?,columns?,level?,inplace?,errors?", Drop),
        new("rename", "mapper?,index?,columns?", Rename),
        new("apply", "func", (ctx, self, args) => ApplyToColumns(ctx, (PyFrame)self.Obj!, args[0])),
        new("transform", "func", (ctx, self, args) => ApplyToColumns(ctx, (PyFrame)self.Obj!, args[0])),
        new("reset_index", "drop?", (_, self, _) => self),
    ];

    public static PyValue Attribute(PyContext ctx, PyObject target, string name) => (name, target) switch
    {
        ("shape", PyArray { Rank: 2 } array) => new PyTuple([PyValue.Of((long)array.Rows), PyValue.Of((long)array.Columns)]),
        ("shape", PyArray array) => new PyTuple([PyValue.Of((long)array.Data.Length)]),
        ("shape", PyFrame frame) => new PyTuple([PyValue.Of((long)frame.Rows), PyValue.Of((long)frame.Columns.Count)]),
        ("size", PyArray array) => PyValue.Of((long)array.Data.Length),
        ("ndim", PyArray array) => PyValue.Of((long)array.Rank),
        ("ndim", PyFrame) => PyValue.Of(2),
        ("values", _) => ArrayValues.Of(ctx, target).As(isSeries: false),
        ("columns", PyFrame frame) => PyList.Of([.. frame.Names.Select(column => (PyValue)ctx.NewStr(column))]),
        ("iloc", PyFrame or PyArray { IsSeries: true }) => new PyIndexer(target, byLabel: false),
        ("loc", PyFrame or PyArray { IsSeries: true }) => new PyIndexer(target, byLabel: true),
        _ => default,
    };

    public static PyValue Clip(PyContext ctx, PyValue value, PyValue lower, PyValue upper)
    {
        var clipped = lower.IsMissing ? value : ArrayOperators.Zip(ctx, value, lower, null, Math.Max);
        return upper.IsMissing ? clipped : ArrayOperators.Zip(ctx, clipped, upper, null, Math.Min);
    }

    public static PyValue Round(PyContext ctx, PyValue value, PyValue decimals)
    {
        var places = decimals.IsMissing ? 0 : (int)Math.Clamp(Numbers.ToIndex(ctx, decimals), -300, 300);
        return ArrayOperators.Map(ctx, value, null, x => Skiff.Numerics.ElementwiseMath.Round(x, places));
    }

    public static double Mean(double[] values) => values.Sum() / values.Length;

    public static double Lowest(double[] values) => values.Length == 0 ? double.NaN : values.Aggregate(Math.Min);

    public static double Highest(double[] values) => values.Length == 0 ? double.NaN : values.Aggregate(Math.Max);

    public static PyColumn Items(PyContext ctx, PyValue self)
    {
        var array = ArrayValues.Of(ctx, self);
        ctx.Charge(array.Data.Length * 16L);
        return new PyColumn([.. Enumerable.Range(0, array.Data.Length).Select(array.Item)], array.Data.Length, array.IsSeries ? PyColumnKind.Series : PyColumnKind.Array);
    }

    private static PyValue Copy(PyContext ctx, PyValue self)
    {
        if (self.Obj is PyFrame frame)
        {
            return FrameOperators.Map(frame, column => column.Obj is PyArray ? Copy(ctx, column).Obj! : column.Obj!);
        }

        var array = (PyArray)self.Obj!;
        var copy = array.Like(ctx, array.Type);
        array.Data.CopyTo(copy.Data, 0);
        return copy;
    }

    private static PyValue AsType(PyContext ctx, PyValue self, PyValue type)
    {
        if (self.Obj is PyFrame frame)
        {
            return FrameOperators.Map(frame, column => column.Obj is PyArray ? AsType(ctx, column, type).Obj! : ArrayValues.AsColumn(ctx, ColumnMethods.AsType(ctx, column, [type]), frame.Rows));
        }

        var array = (PyArray)self.Obj!;
        return (type.Obj is PyTypeValue named ? named.Name : type.Obj is PyStr text ? text.ToString() : string.Empty) switch
        {
            "float" or "float64" => ArrayOperators.Map(ctx, array, PyNumberType.Float, x => x),
            "float32" => ArrayOperators.Map(ctx, array, PyNumberType.Float, x => (float)x),
            "int" or "int64" or "int32" => ArrayOperators.Map(ctx, array, PyNumberType.Int, x => double.IsFinite(x) ? Math.Truncate(x) : throw ctx.ValueError("Cannot convert non-finite values (NA or inf) to integer")),
            "bool" => ArrayOperators.Map(ctx, array, PyNumberType.Bool, x => x != 0 ? 1 : 0),
            _ when array.Rank == 1 => ColumnMethods.AsType(ctx, Items(ctx, self), [type]),
            _ => throw ctx.TypeError("this data type is not supported for numbers"),
        };
    }

    private static PyValue FillMissing(PyContext ctx, PyValue self, PyValue value)
    {
        if (self.Obj is PyFrame frame)
        {
            return FrameOperators.Map(frame, column => FillColumn(ctx, column, value, frame.Rows));
        }

        return ArrayOperators.Zip(ctx, self, value, PyNumberType.Float, (x, filled) => double.IsNaN(x) ? filled : x);
    }

    private static PyObject FillColumn(PyContext ctx, PyValue column, PyValue value, int rows) => column.Obj is PyArray
        ? Numbers.IsNumber(value) ? FillMissing(ctx, column, value).Obj! : throw ctx.TypeError("fillna of a DataFrame takes one number here")
        : ArrayValues.AsColumn(ctx, ColumnMethods.Map(ctx, (PyColumn)column.Obj!, item => PandasModule.IsMissing(item) ? value : item), rows);

    private static PyFrame ToFrame(PyContext ctx, PyValue self, PyValue name)
    {
        var column = ArrayValues.Of(ctx, self);
        var frame = new PyFrame(column.Data.Length);
        frame.Add(name.IsMissing ? "0" : FrameSubscripts.NameOf(ctx, name), ArrayValues.AsColumn(ctx, self, frame.Rows));
        return frame;
    }

    private static PyValue Assign(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var frame = (PyFrame)Copy(ctx, self).Obj!;
        var (names, values) = Attributes.Keywords((PyDict)args[0].Obj!);
        for (var i = 0; i < names.Length; i++)
        {
            var value = values[i].Kind is PyKind.Function or PyKind.Builtin or PyKind.Partial or PyKind.BoundMethod ? Caller.Call(ctx, values[i], frame) : values[i];
            FrameSubscripts.Put(frame, names[i], ArrayValues.AsColumn(ctx, value, frame.Rows));
        }

        return frame;
    }

    private static PyValue Drop(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var byAxis = !args[1].IsMissing && (args[1].Obj is PyStr axis ? axis.ToString() == "columns" : Numbers.ToIndex(ctx, args[1]) == 1);
        var labels = !args[3].IsMissing ? args[3] : byAxis ? args[0] : throw ctx.TypeError("drop takes columns here: drop(columns=[...])");
        if (!args[5].IsUnbound && Truth.Of(ctx, args[5]))
        {
            throw ctx.TypeError("drop(inplace=True) is not supported; use what drop returns");
        }

        var frame = (PyFrame)self.Obj!;
        string[] names = labels.Kind == PyKind.Str ? [labels.Obj!.ToString()!] : [.. Iteration.Items(ctx, labels).ToArray().Select(label => FrameSubscripts.NameOf(ctx, label))];
        if (args[6].IsMissing && names.FirstOrDefault(name => frame.Find(name) < 0) is { } unknown)
        {
            throw ctx.KeyError(ctx.NewStr($"['{unknown}'] not found in axis"));
        }

        var result = new PyFrame(frame.Rows);
        for (var j = 0; j < frame.Columns.Count; j++)
        {
            if (!names.Contains(frame.Names[j]))
            {
                result.Add(frame.Names[j], frame.Columns[j]);
            }
        }

        return result;
    }

    private static PyValue Rename(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var names = args[2].Obj as PyDict ?? throw ctx.TypeError("rename takes columns={...} here");
        var frame = (PyFrame)self.Obj!;
        var result = new PyFrame(frame.Rows);
        for (var j = 0; j < frame.Columns.Count; j++)
        {
            var renamed = names.TryGet(ctx, ctx.NewStr(frame.Names[j]), out var name) ? FrameSubscripts.NameOf(ctx, name) : frame.Names[j];
            result.Add(renamed, frame.Columns[j]);
        }

        return result;
    }

    private static PyValue ApplyToColumns(PyContext ctx, PyFrame frame, PyValue function) =>
        FrameOperators.Map(frame, column => ArrayValues.AsColumn(ctx, Caller.Call(ctx, function, column), frame.Rows));
}
