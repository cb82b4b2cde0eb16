namespace Skiff.Python.Interpreter;

/// <summary>Whatever a value may refer to: an object of Python's, or the mark of an immediate one.</summary>
internal abstract class PyObject(PyKind kind)
{
    public readonly PyKind Kind = kind;
}

/// <summary>The mark of a value that lives in the bits: int, float, bool, None, Ellipsis.</summary>
internal sealed class PyTag(PyKind kind) : PyObject(kind)
{
    public static readonly PyTag None = new(PyKind.None);
    public static readonly PyTag Ellipsis = new(PyKind.Ellipsis);
    public static readonly PyTag Bool = new(PyKind.Bool);
    public static readonly PyTag Int = new(PyKind.Int);
    public static readonly PyTag Float = new(PyKind.Float);
}

/// <summary>A variable that a nested function shares with the one around it.</summary>
internal sealed class PyCell() : PyObject(PyKind.Cell)
{
    public PyValue Value;

    /// <summary>Set for what a function of the module holds: calls share it.</summary>
    public bool Frozen;
}
