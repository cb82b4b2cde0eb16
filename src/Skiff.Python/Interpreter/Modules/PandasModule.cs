namespace Skiff.Python.Interpreter;

/// <summary>What functions over a column of texts use of pandas and numpy: making a column, asking for one, and what is missing.</summary>
internal static class PandasModule
{
    private static readonly PyTypeValue Series = new("pandas.Series", [], new PyBuiltin("Series", "data,index?,dtype?,name?", (ctx, _, args) => Make(ctx, args[0], PyColumnKind.Series)));
    private static readonly PyTypeValue Array = new("numpy.ndarray", [], null);
    private static readonly PyTypeValue DataFrame = new("pandas.DataFrame", [], null);

    private static readonly PyBuiltin Vectorized = new("vectorize", "/,pyfunc,a", (ctx, _, args) =>
    {
        var function = args[0];
        return ColumnMethods.Map(ctx, Make(ctx, args[1], PyColumnKind.Array), item => Caller.Call(ctx, function, item));
    });

    public static PyModuleValue MakePandas() => new("pandas", new Dictionary<string, PyValue>
    {
        ["Series"] = Series,
        ["DataFrame"] = DataFrame,
        ["isna"] = new PyBuiltin("isna", "obj", (ctx, _, args) => IsMissing(ctx, args[0], missing: true)),
        ["isnull"] = new PyBuiltin("isnull", "obj", (ctx, _, args) => IsMissing(ctx, args[0], missing: true)),
        ["notna"] = new PyBuiltin("notna", "obj", (ctx, _, args) => IsMissing(ctx, args[0], missing: false)),
        ["notnull"] = new PyBuiltin("notnull", "obj", (ctx, _, args) => IsMissing(ctx, args[0], missing: false)),
    });

    public static PyModuleValue MakeNumpy()
    {
        var members = Texts();
        ArrayFunctions.AddTo(members);
        return new PyModuleValue("numpy", members);
    }

    public static bool IsFrame(PyTypeValue type) => ReferenceEquals(type, DataFrame);

    private static Dictionary<string, PyValue> Texts() => new()
    {
        ["ndarray"] = Array,
        ["nan"] = PyValue.Of(double.NaN),
        ["inf"] = PyValue.Of(double.PositiveInfinity),
        ["array"] = new PyBuiltin("array", "object,dtype?", (ctx, _, args) => MakeArray(ctx, args[0])),
        ["asarray"] = new PyBuiltin("asarray", "a,dtype?", (ctx, _, args) => MakeArray(ctx, args[0])),
        ["ravel"] = new PyBuiltin("ravel", "a", (ctx, _, args) => MakeArray(ctx, args[0])),
        ["squeeze"] = new PyBuiltin("squeeze", "a", (ctx, _, args) => MakeArray(ctx, args[0])),
        ["vectorize"] = new PyBuiltin("vectorize", "pyfunc,otypes?", (_, _, args) => new PyPartial(Vectorized, [args[0]], [], [])),
    };

    public static PyColumnKind? ColumnKindOf(PyTypeValue type)
        => ReferenceEquals(type, Series) ? PyColumnKind.Series : ReferenceEquals(type, Array) ? PyColumnKind.Array : null;

    public static bool IsMissing(PyValue value) => value.IsNone || Numbers.IsNan(value);

    private static PyValue MakeArray(PyContext ctx, PyValue source) =>
        source.Kind is PyKind.Array or PyKind.Frame || (source.Kind is PyKind.List or PyKind.Tuple && Iteration.Length(source) > 0 && ArrayValues.Find(ctx, source) is not null)
            ? ArrayValues.Of(ctx, source).As(isSeries: false)
            : Make(ctx, source, PyColumnKind.Array);

    private static PyColumn Make(PyContext ctx, PyValue source, PyColumnKind kind)
    {
        if (source.Kind == PyKind.Str || !Iteration.Can(source))
        {
            throw ctx.TypeError($"a column is made of a list of values here, not of {TypeNames.Of(source)}");
        }

        var items = Iteration.ToList(ctx, source);
        return new PyColumn(items.Items, items.Count, kind);
    }

    private static PyValue IsMissing(PyContext ctx, PyValue value, bool missing)
        => value.Kind is PyKind.Array or PyKind.Frame
            ? ArrayOperators.Map(ctx, value, PyNumberType.Bool, x => double.IsNaN(x) == missing ? 1 : 0)
            : value.Obj is PyColumn column
            ? ColumnMethods.Map(ctx, column, item => PyValue.Of(IsMissing(item) == missing))
            : PyValue.Of(IsMissing(value) == missing);
}
