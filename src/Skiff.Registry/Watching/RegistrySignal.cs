using System.Threading.Channels;

namespace Skiff.Registry;

/// <summary>A signal that something changed: set from any thread, waited for by one. Set twice before the wait, it counts once.</summary>
internal sealed class RegistrySignal
{
    private readonly Channel<bool> _channel =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    internal void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Forgets what was signalled so far.</summary>
    internal void Reset() => _channel.Reader.TryRead(out _);

    /// <summary>Waits for the signal or the end of a time.</summary>
    /// <returns>Whether it was the signal.</returns>
    internal async Task<bool> WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await _channel.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
