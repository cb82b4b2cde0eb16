namespace Skiff.Models;

/// <summary>Ends a call when a token is cancelled, about a millisecond later: for a program that runs models itself.</summary>
/// <param name="cancellation">The token.</param>
public sealed class CancellationWatch(CancellationToken cancellation) : ICallWatch
{
    /// <summary>About a millisecond of work: seldom enough to cost nothing, often enough for anybody who waits.</summary>
    public const long AboutAMillisecond = 1 << 20;

    /// <inheritdoc/>
    public long Interval => AboutAMillisecond;

    /// <inheritdoc/>
    public void Look() => cancellation.ThrowIfCancellationRequested();
}
