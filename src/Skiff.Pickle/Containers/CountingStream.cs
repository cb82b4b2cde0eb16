namespace Skiff.Pickle;

/// <summary>The compressed bytes: counts them, and knows whether reading them failed, which is not the file's fault.</summary>
internal sealed class CountingStream(Stream inner) : ReadOnlyStream
{
    /// <summary>How many bytes have been read.</summary>
    public long Count { get; private set; }

    /// <summary>Whether the stream below threw.</summary>
    public bool HasFailed { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        HasFailed = true;
        var read = inner.Read(buffer);
        HasFailed = false;
        Count += read;
        return read;
    }
}
