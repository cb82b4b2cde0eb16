using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary>The functions of numpy over arrays, Series and frames.</summary>
internal static class ArrayFunctions
{
    private static readonly string[] KeepInts = ["absolute", "abs", "negative", "positive", "sign", "square"];

    /// <summary>Adds them to the module.</summary>
    public static void AddTo(Dictionary<string, PyValue> members)
    {
        foreach (var (name, function) in ElementwiseMath.Numpy)
        {
            var keepsType = KeepInts.Contains(name);
            members[name] = new PyBuiltin(name, "/,x", (ctx, _, args) => ArrayOperators.Map(ctx, args[0], keepsType ? null : PyNumberType.Float, function));
        }

        foreach (var (name, test) in ElementwiseMath.Tests)
        {
            members[name] = new PyBuiltin(name, "/,x", (ctx, _, args) => ArrayOperators.Map(ctx, args[0], PyNumberType.Bool, x => test(x) ? 1 : 0));
        }

        foreach (var (name, op) in Operations)
        {
            members[name] = new PyBuiltin(name, "/,x1,x2", (ctx, _, args) => Operators.Apply(ctx, op, ArrayValues.Of(ctx, args[0]), args[1]));
        }

        foreach (var (name, function) in Pairs)
        {
            members[name] = new PyBuiltin(name, "/,x1,x2", (ctx, _, args) => ArrayOperators.Zip(ctx, args[0], args[1], null, function));
        }

        members["where"] = new PyBuiltin("where", "/,condition,x,y", (ctx, _, args) => Where(ctx, args[0], args[1], args[2]));
        members["clip"] = new PyBuiltin("clip", "a,a_min?,a_max?", (ctx, _, args) => ArrayMethods.Clip(ctx, args[0], args[1], args[2]));
        members["round"] = new PyBuiltin("round", "a,decimals?", (ctx, _, args) => ArrayMethods.Round(ctx, args[0], args[1]));
        members["around"] = members["round"];
        members["nan_to_num"] = new PyBuiltin("nan_to_num", "x,copy?,nan?", (ctx, _, args) => NaNToNumber(ctx, args[0], args[2]));
        members["c_"] = new PyIndexer(null, byLabel: false);
        members["newaxis"] = PyValue.None;
        members["pi"] = PyValue.Of(Math.PI);
        members["e"] = PyValue.Of(Math.E);
        members["column_stack"] = new PyBuiltin("column_stack", "tup", (ctx, _, args) => ArrayShapes.SideBySide(ctx, Iteration.Items(ctx, args[0]).ToArray()));
        members["hstack"] = new PyBuiltin("hstack", "tup", (ctx, _, args) => SideBySideOfTwo(ctx, args[0]));
        members["concatenate"] = new PyBuiltin("concatenate", "arrays,axis?", (ctx, _, args) => !args[1].IsUnbound && Numbers.ToIndex(ctx, args[1]) is 1 or -1
            ? SideBySideOfTwo(ctx, args[0])
            : throw ctx.ValueError("concatenate is supported with axis=1"));
        members["reshape"] = new PyBuiltin("reshape", "a,shape", (ctx, _, args) => ArrayShapes.Reshape(ctx, ArrayValues.Of(ctx, args[0]), [args[1]]));
        members["ones_like"] = new PyBuiltin("ones_like", "a", (ctx, _, args) => ArrayOperators.Map(ctx, args[0], null, _ => 1));
        members["zeros_like"] = new PyBuiltin("zeros_like", "a", (ctx, _, args) => ArrayOperators.Map(ctx, args[0], null, _ => 0));
        members["float64"] = Types.Float;
        members["int64"] = Types.Int;
        AddReductions(members);
    }

    private static Dictionary<string, BinaryOp> Operations => new()
    {
        ["add"] = BinaryOp.Add,
        ["subtract"] = BinaryOp.Sub,
        ["multiply"] = BinaryOp.Mul,
        ["divide"] = BinaryOp.TrueDiv,
        ["true_divide"] = BinaryOp.TrueDiv,
        ["floor_divide"] = BinaryOp.FloorDiv,
        ["mod"] = BinaryOp.Mod,
        ["remainder"] = BinaryOp.Mod,
        ["power"] = BinaryOp.Pow,
        ["logical_and"] = BinaryOp.BitAnd,
        ["logical_or"] = BinaryOp.BitOr,
    };

    private static Dictionary<string, Func<double, double, double>> Pairs => new()
    {
        ["maximum"] = Math.Max,
        ["minimum"] = Math.Min,
        ["hypot"] = (x, y) => Math.Sqrt((x * x) + (y * y)),
        ["arctan2"] = Math.Atan2,
        ["fmod"] = (x, y) => x % y,
    };

    private static void AddReductions(Dictionary<string, PyValue> members)
    {
        Add("sum", false, Enumerable.Sum);
        Add("mean", false, ArrayMethods.Mean);
        Add("min", false, ArrayMethods.Lowest);
        Add("max", false, ArrayMethods.Highest);
        Add("nansum", true, Enumerable.Sum);
        Add("nanmean", true, ArrayMethods.Mean);
        Add("nanmin", true, ArrayMethods.Lowest);
        Add("nanmax", true, ArrayMethods.Highest);

        void Add(string name, bool skipsMissing, Func<double[], double> reduce) =>
            members[name] = new PyBuiltin(name, "a,axis?", (ctx, _, args) => ArrayShapes.Reduce(ctx, args[0], args[1], skipsMissing, reduce));
    }

    private static PyValue Where(PyContext ctx, PyValue condition, PyValue x, PyValue y)
    {
        if (x.Kind == PyKind.Str || y.Kind == PyKind.Str)
        {
            throw ctx.TypeError("np.where gives numbers here; it was asked for texts");
        }

        var chosen = ArrayValues.Of(ctx, ArrayOperators.Zip(ctx, condition, x, PyNumberType.Float, (holds, value) => holds != 0 ? value : 0));
        var others = ArrayValues.Of(ctx, ArrayOperators.Zip(ctx, condition, y, PyNumberType.Float, (holds, value) => holds != 0 ? 0 : value));
        var type = new[] { ArrayValues.Of(ctx, x).Type, ArrayValues.Of(ctx, y).Type }.Max();

        // What was not chosen is zero on either side, so that nothing of it shows: not a NaN, not an infinity.
        var result = ArrayValues.Of(ctx, ArrayOperators.Zip(ctx, chosen, others, type, (a, b) => a + b));
        return ArrayValues.Plain(result.As(isSeries: false));
    }

    private static PyValue NaNToNumber(PyContext ctx, PyValue value, PyValue missing)
    {
        var number = missing.IsMissing ? 0 : Numbers.ToDouble(ctx, missing);
        return ArrayOperators.Map(ctx, value, null, x =>
            double.IsNaN(x) ? number : double.IsPositiveInfinity(x) ? double.MaxValue : double.IsNegativeInfinity(x) ? double.MinValue : x);
    }

    private static PyArray SideBySideOfTwo(PyContext ctx, PyValue parts)
    {
        var items = Iteration.Items(ctx, parts).ToArray();
        return items.All(part => ArrayValues.Find(ctx, part) is { Rank: 2 })
            ? ArrayShapes.SideBySide(ctx, items)
            : throw ctx.ValueError("arrays of two dimensions are put side by side here; give each reshape(-1, 1), or use np.column_stack");
    }
}
