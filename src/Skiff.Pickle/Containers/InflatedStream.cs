using System.Runtime.ExceptionServices;

namespace Skiff.Pickle;

/// <summary>
/// The inflated bytes of a container: counted against the budgets as they come, so that a bomb ends early, and with whatever a decoder
/// throws turned into the one exception of this library.
/// </summary>
/// <param name="compressed">The container's bytes.</param>
/// <param name="open">Makes the decoder; some read, and throw, as soon as they are made.</param>
/// <param name="container">What it is.</param>
/// <param name="options">The budgets.</param>
internal sealed class InflatedStream(CountingStream compressed, Func<Stream> open, PickleContainer container, PickleOptions options) : ReadOnlyStream
{
    /// <summary>Below this the ratio says nothing: an empty forest compresses a thousand times.</summary>
    private const long RatioCountsFrom = 64L << 20;

    private Stream? _decoder;
    private long _count;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            _decoder ??= open();
            read = _decoder.Read(buffer);
        }
        catch when (compressed.Failure is not null)
        {
            // Some decoders make an exception of their own of it.
            ExceptionDispatchInfo.Throw(compressed.Failure);
            throw;
        }
        catch (Exception e) when (e is not (PickleException or OperationCanceledException))
        {
            throw new PickleException($"The {container} data is broken", compressed.Count, e);
        }

        _count += read;
        if (_count > options.MaxInflatedBytes)
        {
            throw new PickleException($"The file inflates to more than {options.MaxInflatedBytes} bytes (PickleOptions.MaxInflatedBytes)", compressed.Count);
        }

        if (_count > RatioCountsFrom && _count / options.MaxInflateRatio > compressed.Count)
        {
            throw new PickleException(
                $"The file inflates to more than {options.MaxInflateRatio} times its size (PickleOptions.MaxInflateRatio)", compressed.Count);
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder?.Dispose();
        }

        base.Dispose(disposing);
    }
}
