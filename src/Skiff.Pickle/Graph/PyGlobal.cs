namespace Skiff.Pickle;

/// <summary>A name that a pickle refers to (<c>sklearn.pipeline.Pipeline</c>). It is a record like any other: nothing is looked up.</summary>
/// <param name="Module">The module, as the file spells it.</param>
/// <param name="Name">The name in it, as the file spells it.</param>
public sealed record PyGlobal(string Module, string Name)
{
    /// <summary>Module and name with a point between.</summary>
    public override string ToString() => $"{Module}.{Name}";
}
