namespace Skiff.Python.Interpreter;

/// <summary>A column of values: a pandas Series or a one-dimensional numpy array of objects, as far as text functions use them.</summary>
internal sealed class PyColumn(PyValue[] items, int count, PyColumnKind kind) : PyObject(PyKind.Column)
{
    public readonly PyValue[] Items = items;
    public readonly int Count = count;
    public readonly PyColumnKind ColumnKind = kind;

    public ReadOnlySpan<PyValue> Span => Items.AsSpan(0, Count);
}

/// <summary>The <c>.str</c> of a Series: str methods over every value.</summary>
internal sealed class PyAccessor(PyColumn column) : PyObject(PyKind.Accessor)
{
    public readonly PyColumn Column = column;
}
