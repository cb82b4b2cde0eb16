namespace Skiff.Pickle;

/// <summary>A value of a pickle that holds other values.</summary>
public abstract class PyContainer
{
    private protected PyContainer()
    {
    }

    /// <summary>How many levels of values lie within it, counted when the file has been read; 0 before.</summary>
    internal int Depth { get; set; }
}
