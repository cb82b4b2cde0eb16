namespace Skiff.Pickle;

/// <summary>The file is not what it should be: malformed, cut short, over a budget, or of a kind that is refused. The only family of exceptions the reader throws for what a file holds.</summary>
/// <param name="message">What is wrong, without the place.</param>
/// <param name="offset">Where: the byte offset in the (inflated) stream, or -1 where there is none.</param>
/// <param name="inner">What was found underneath, if anything.</param>
public sealed class PickleException(string message, long offset = -1, Exception? inner = null)
    : Exception(offset < 0 ? message : $"{message} (at byte {offset})", inner)
{
    /// <summary>The byte offset in the (inflated) stream, or -1.</summary>
    public long Offset { get; } = offset;
}
