namespace Skiff.Pickle;

/// <summary>The compressed bytes: counts them, and keeps what reading them failed by, which is not the file's fault.</summary>
internal sealed class CountingStream(Stream inner) : ReadOnlyStream
{
    /// <summary>How many bytes have been read.</summary>
    public long Count { get; private set; }

    /// <summary>What the stream below threw, else null.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = inner.Read(buffer);
            Count += read;
            return read;
        }
        catch (Exception e)
        {
            Failure = e;
            throw;
        }
    }
}
