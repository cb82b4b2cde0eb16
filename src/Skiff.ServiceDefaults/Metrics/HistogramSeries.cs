namespace Skiff.ServiceDefaults;

/// <summary>One histogram of durations of a <see cref="HistogramFamily"/>, its labels bound once: recording is two interlocked additions.</summary>
public sealed class HistogramSeries
{
    private readonly HistogramFamily _family;
    private readonly long[] _counts;
    private long _ticks;

    internal HistogramSeries(HistogramFamily family, SeriesLabels labels, int buckets)
    {
        _family = family;
        _counts = new long[buckets + 1];
        Labels = labels;
    }

    /// <summary>How many durations were recorded.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            for (var i = 0; i < _counts.Length; i++)
            {
                count += Volatile.Read(ref _counts[i]);
            }

            return count;
        }
    }

    internal SeriesLabels Labels { get; }

    internal double SumSeconds => Volatile.Read(ref _ticks) / (double)TimeSpan.TicksPerSecond;

    /// <summary>Records a duration.</summary>
    public void Record(TimeSpan duration)
    {
        Interlocked.Increment(ref _counts[_family.Bucket(duration.Ticks)]);
        Interlocked.Add(ref _ticks, duration.Ticks);
        if (_family.Instrument.Enabled)
        {
            _family.Instrument.Record(duration.TotalSeconds, Labels.Tags);
        }
    }

    internal long BucketCount(int bucket) => Volatile.Read(ref _counts[bucket]);
}
