namespace Skiff.Sklearn;

/// <summary>Takes the terms of a text, one after the other.</summary>
internal abstract class TermSink
{
    public abstract void Add(ReadOnlySpan<byte> term);
}
