namespace Skiff.Pickle;

/// <summary>A name that a pickle refers to (<c>sklearn.pipeline.Pipeline</c>). It is a record like any other: nothing is looked up.</summary>
/// <param name="Module">The module, as the file spells it.</param>
/// <param name="Name">The name in it, as the file spells it; dotted for what lies in a class.</param>
public sealed record PyGlobal(string Module, string Name)
{
    /// <summary>What the reader makes of a call of it.</summary>
    internal DataConstructor Constructor { get; init; }

    /// <summary>Whether the two are the same name.</summary>
    public bool Equals(PyGlobal? other) => other is not null && Module == other.Module && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Module, Name);

    /// <summary>Module and name with a point between.</summary>
    public override string ToString() => $"{Module}.{Name}";
}
