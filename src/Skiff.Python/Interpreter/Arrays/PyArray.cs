namespace Skiff.Python.Interpreter;

/// <summary>What the numbers of an array are; the wider comes later.</summary>
internal enum PyNumberType : byte
{
    Bool,
    Int,
    Float,
}

/// <summary>Numbers: a numpy array of none, one or two dimensions, or a pandas Series, as far as functions over columns use them.</summary>
/// <param name="data">The numbers, row by row.</param>
/// <param name="rank">0, 1 or 2 dimensions.</param>
/// <param name="rows">Rows; 1 with less than two dimensions.</param>
/// <param name="columns">Columns; the length with one dimension, 1 with none.</param>
/// <param name="type">What the numbers are.</param>
/// <param name="isSeries">Whether it is a Series.</param>
internal sealed class PyArray(double[] data, int rank, int rows, int columns, PyNumberType type, bool isSeries = false) : PyObject(PyKind.Array)
{
    public readonly double[] Data = data;
    public readonly int Rank = rank;
    public readonly int Rows = rows;
    public readonly int Columns = columns;
    public readonly PyNumberType Type = type;
    public readonly bool IsSeries = isSeries;

    /// <summary>Set for what a module holds: calls share it.</summary>
    public bool Frozen;

    /// <summary>
    /// Set for what numpy would make a view on another array: here it is a copy, so that a change of it, which numpy would make in the other one
    /// too, is refused.
    /// </summary>
    public bool IsSlice;

    /// <summary>The length of its first dimension.</summary>
    public int Length => Rank == 2 ? Rows : Columns;

    /// <summary>Memory for an array, counted before it is made.</summary>
    public static PyArray Make(PyContext ctx, int rank, int rows, int columns, PyNumberType type, bool isSeries = false)
    {
        ctx.ChargeItems((Int128)rows * columns, sizeof(double));
        ctx.Charge(64);
        return new PyArray(new double[rows * columns], rank, rows, columns, type, isSeries);
    }

    /// <summary>Memory for an array of the same shape.</summary>
    public PyArray Like(PyContext ctx, PyNumberType type) => Make(ctx, Rank, Rows, Columns, type, IsSeries);

    /// <summary>The same numbers as another kind of array.</summary>
    public PyArray As(bool isSeries) => isSeries == IsSeries ? this : new PyArray(Data, Rank, Rows, Columns, Type, isSeries);

    /// <summary>One of its numbers as Python sees it.</summary>
    public PyValue Item(int index) => Type switch
    {
        PyNumberType.Bool => PyValue.Of(Data[index] != 0),
        PyNumberType.Int => PyValue.Of((long)Data[index]),
        _ => PyValue.Of(Data[index]),
    };

    public void CheckMutable(PyContext ctx)
    {
        if (Frozen)
        {
            throw ctx.FrozenError("array");
        }

        if (IsSlice)
        {
            throw ctx.TypeError("a slice of an array cannot be changed here, since numpy would change the array too; change the array itself (X[:, 0] = ...), or .copy() the slice first");
        }
    }

    /// <summary>Its shape as Python prints it.</summary>
    public string ShapeText => Rank switch
    {
        0 => "()",
        1 => $"({Columns},)",
        _ => $"({Rows},{Columns})",
    };
}

/// <summary>A pandas data frame: named columns, each a Series of numbers (<see cref="PyArray"/>) or of anything (<see cref="PyColumn"/>).</summary>
internal sealed class PyFrame(int rows) : PyObject(PyKind.Frame)
{
    public readonly int Rows = rows;
    public readonly List<string> Names = [];
    public readonly List<PyObject> Columns = [];

    /// <summary>Set for what a module holds: calls share it.</summary>
    public bool Frozen;

    public int Find(string name) => Names.IndexOf(name);

    public void Add(string name, PyObject column)
    {
        Names.Add(name);
        Columns.Add(column);
    }

    public void CheckMutable(PyContext ctx)
    {
        if (Frozen)
        {
            throw ctx.FrozenError("DataFrame");
        }
    }
}

/// <summary>What <c>.iloc</c>, <c>.loc</c> and <c>np.c_</c> give: something that is only subscripted.</summary>
internal sealed class PyIndexer(PyObject? target, bool byLabel) : PyObject(PyKind.Indexer)
{
    /// <summary>The frame or Series; null for <c>np.c_</c>.</summary>
    public readonly PyObject? Target = target;

    /// <summary>Whether columns are named rather than counted.</summary>
    public readonly bool ByLabel = byLabel;
}
