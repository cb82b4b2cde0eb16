using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

/// <summary>
/// How many connections there may be at the same time; one more is closed at once. Each takes a file descriptor. Were none left, no file could be opened
/// any more, and the kernel would go on announcing a connection that cannot be taken, which keeps a processor busy with nothing.
/// </summary>
/// <param name="maximum">How many.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Is told of those that were refused, not of each.</param>
internal sealed class ConnectionLimit(int maximum, TimeProvider time, ILogger<ConnectionLimit> logger)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private int _open;
    private long _refused;
    private long? _told;

    /// <summary>How many there may be.</summary>
    internal int Maximum => maximum;

    /// <summary>How many there are.</summary>
    internal int Open => Volatile.Read(ref _open);

    /// <summary>Passes a connection on, or closes it.</summary>
    internal async Task PassAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (Interlocked.Increment(ref _open) > maximum)
        {
            Interlocked.Decrement(ref _open);
            Tell();
            await connection.DisposeAsync().ConfigureAwait(false);
            return;
        }

        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    // Whoever floods with connections must not flood the log.
    private void Tell()
    {
        long refused;
        lock (_lock)
        {
            _refused++;
            if (_told is { } told && time.GetElapsedTime(told) < Quiet)
            {
                return;
            }

            _told = time.GetTimestamp();
            refused = _refused;
        }

        HostLog.ConnectionsRefused(logger, maximum, refused);
    }
}
