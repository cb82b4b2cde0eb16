namespace Skiff.Registry;

/// <summary>The time of one look at the registry, and when the next one is due.</summary>
internal sealed class ScanClock(TimeProvider time, TimeSpan settleTime, bool isFirst)
{
    private readonly long _now = time.GetTimestamp();

    internal TimeSpan SettleTime { get; } = settleTime;

    /// <summary>How long until something that was seen changing may have settled; null when nothing was.</summary>
    internal TimeSpan? NextLook { get; private set; }

    internal long Now => _now;

    /// <summary>Whether something that has been as it is since then counts as settled; if not, the next look is due when it will.</summary>
    internal bool HasSettled(long since) => HasPassed(since, SettleTime);

    internal bool HasPassed(long since, TimeSpan span)
    {
        var missing = span - time.GetElapsedTime(since, _now);
        if (missing <= TimeSpan.Zero)
        {
            return true;
        }

        NextLook = NextLook is { } next && next < missing ? next : missing;
        return false;
    }

    /// <summary>
    /// Whether a file that was written then may be taken at first sight. Only when nothing was seen before does the file's own clock
    /// count; it may be another machine's.
    /// </summary>
    internal bool IsOld(DateTime writtenUtc) => isFirst && time.GetUtcNow().UtcDateTime - writtenUtc >= SettleTime;
}
