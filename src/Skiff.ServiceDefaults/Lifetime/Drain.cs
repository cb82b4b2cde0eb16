namespace Skiff.ServiceDefaults;

/// <summary>Whether the process is on its way out: not ready any more, serving for a moment longer.</summary>
/// <param name="options">How long.</param>
/// <param name="time">The clock.</param>
public sealed class Drain(DrainOptions options, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _skip = new();
    private volatile bool _isDraining;

    /// <summary>Whether it was told to stop.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Stops being ready, and ends when accepting may stop.</summary>
    /// <param name="cancellation">Ends the wait early.</param>
    public async Task BeginAsync(CancellationToken cancellation = default)
    {
        _isDraining = true;
        if (options.Delay <= TimeSpan.Zero)
        {
            return;
        }

        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _skip.Token);
        try
        {
            await Task.Delay(options.Delay, time, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever cancels wants the process to end now.
        }
    }

    /// <summary>Ends the wait, now or when it begins: for a person at a terminal.</summary>
    public void SkipDelay() => _skip.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _skip.Dispose();
}
