namespace Skiff.Sklearn;

/// <summary>The rows of one call as the trees compare them, in the memory of the call.</summary>
/// <typeparam name="T">What the features are compared as.</typeparam>
internal sealed class RowBuffer<T>
{
    private T[] _cells = [];

    /// <summary>At least so many cells, undefined.</summary>
    public T[] Take(int cells)
    {
        if (_cells.Length < cells)
        {
            _cells = new T[cells];
        }

        return _cells;
    }
}
