namespace Skiff.Pickle;

/// <summary>A Python <c>set</c> or <c>frozenset</c>: its items in the order of the file, not deduplicated.</summary>
/// <param name="frozen">Whether it is a <c>frozenset</c>.</param>
public sealed class PySet(bool frozen) : PyContainer
{
    /// <summary>The items.</summary>
    public List<object?> Items { get; } = [];

    /// <summary>Whether it is a <c>frozenset</c>.</summary>
    public bool IsFrozen { get; } = frozen;
}
