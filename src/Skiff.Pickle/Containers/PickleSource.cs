namespace Skiff.Pickle;

/// <summary>The bytes of a pickle, whatever it is wrapped in.</summary>
internal sealed class PickleSource : IDisposable
{
    /// <summary>Enough to tell every kind of file apart.</summary>
    private const int HeadBytes = 512;

    private PickleSource(Stream stream, long length, long storedLength, PickleContainer container)
    {
        Stream = stream;
        Length = length;
        StoredLength = storedLength;
        Container = container;
    }

    /// <summary>The inflated bytes.</summary>
    public Stream Stream { get; }

    /// <summary>How many there are, or -1 where only reading tells.</summary>
    public long Length { get; }

    /// <summary>How many bytes they are stored in, or -1 where the stream cannot tell.</summary>
    public long StoredLength { get; }

    /// <summary>What they were wrapped in.</summary>
    public PickleContainer Container { get; }

    /// <summary>Looks at the first bytes and unwraps.</summary>
    /// <exception cref="PickleException">The file is of a kind that holds no pickle, or asks for more than the budgets allow.</exception>
    public static PickleSource Open(Stream stream, PickleOptions options)
    {
        var length = stream.CanSeek ? stream.Length - stream.Position : -1;
        var head = new byte[HeadBytes];
        head = head[..stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
        var container = FileKinds.Detect(head);
        var whole = new PrefixedStream(head, stream);
        if (container == PickleContainer.None)
        {
            return new PickleSource(whole, length, length, container);
        }

        var compressed = new CountingStream(whole);
        var inflated = new InflatedStream(compressed, () => Decoders.Open(compressed, head, container, options), container, options);
        return new PickleSource(inflated, -1, length, container);
    }

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();
}
