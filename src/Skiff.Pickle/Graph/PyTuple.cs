namespace Skiff.Pickle;

/// <summary>A Python <c>tuple</c>.</summary>
/// <param name="items">Its items.</param>
public sealed class PyTuple(object?[] items) : PyContainer
{
    /// <summary>The items.</summary>
    public object?[] Items { get; } = items;

    /// <summary>The number of items.</summary>
    public int Count => Items.Length;

    /// <summary>The item at <paramref name="index"/>.</summary>
    public object? this[int index] => Items[index];
}
