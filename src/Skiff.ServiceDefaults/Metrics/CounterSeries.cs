namespace Skiff.ServiceDefaults;

/// <summary>One counter of a <see cref="CounterFamily"/>, its labels bound once: counting is one interlocked addition.</summary>
public sealed class CounterSeries
{
    private long _value;

    internal CounterSeries(SeriesLabels labels)
    {
        Labels = labels;
    }

    /// <summary>The count.</summary>
    public long Value => Volatile.Read(ref _value);

    internal SeriesLabels Labels { get; }

    /// <summary>Counts one.</summary>
    public void Increment() => Interlocked.Increment(ref _value);

    /// <summary>Counts several.</summary>
    public void Add(long count) => Interlocked.Add(ref _value, count);
}
