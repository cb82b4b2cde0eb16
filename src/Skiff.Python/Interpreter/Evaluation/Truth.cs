namespace Skiff.Python.Interpreter;

/// <summary>Whether a value counts as true.</summary>
internal static class Truth
{
    public static bool Of(PyContext ctx, PyValue value) => value.Kind switch
    {
        PyKind.None => false,
        PyKind.Bool or PyKind.Int => value.Bits != 0,
        PyKind.Float => value.Double != 0,
        PyKind.Str => ((PyStr)value.Obj!).Length != 0,
        PyKind.Bytes => ((PyBytes)value.Obj!).Data.Length != 0,
        PyKind.List => ((PyList)value.Obj!).Count != 0,
        PyKind.Tuple => ((PyTuple)value.Obj!).Items.Length != 0,
        PyKind.Dict => ((PyDict)value.Obj!).Count != 0,
        PyKind.Set or PyKind.FrozenSet => ((PySet)value.Obj!).Count != 0,
        PyKind.DictView => ((PyDictView)value.Obj!).Dict.Count != 0,
        PyKind.Range => ((PyRange)value.Obj!).Count != 0,
        PyKind.Array when ((PyArray)value.Obj!).Data.Length == 1 => ((PyArray)value.Obj!).Data[0] != 0,
        PyKind.Column or PyKind.Array or PyKind.Frame => throw ctx.ValueError("The truth value of a Series or an array is ambiguous"),
        _ => true,
    };
}
