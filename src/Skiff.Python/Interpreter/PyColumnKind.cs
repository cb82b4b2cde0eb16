namespace Skiff.Python.Interpreter;

/// <summary>What a column of texts looks like to the function that takes it.</summary>
public enum PyColumnKind
{
    /// <summary>A Python list.</summary>
    List,

    /// <summary>A pandas Series.</summary>
    Series,

    /// <summary>A one-dimensional numpy array of objects.</summary>
    Array,
}
