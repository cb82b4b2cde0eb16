namespace Skiff.Pickle;

/// <summary>A Python <c>list</c>.</summary>
public sealed class PyList : PyContainer
{
    /// <summary>The items.</summary>
    public List<object?> Items { get; } = [];

    /// <summary>The number of items.</summary>
    public int Count => Items.Count;

    /// <summary>The item at <paramref name="index"/>.</summary>
    public object? this[int index] => Items[index];
}
