using System.Diagnostics.Metrics;

namespace Skiff.ServiceDefaults;

/// <summary>Histograms of durations in seconds that differ in their labels.</summary>
public sealed class HistogramFamily : MetricFamily
{
    private readonly SeriesSet<HistogramSeries> _series;
    private readonly double[] _bounds;
    private readonly long[] _ticks;

    internal HistogramFamily(Meter meter, string name, string help, double[] bounds, string[] labels, int retired)
        : base(name, help, "histogram")
    {
        _bounds = bounds;
        _ticks = [.. bounds.Select(b => (long)Math.Round(b * TimeSpan.TicksPerSecond))];
        _series = new SeriesSet<HistogramSeries>(labels, l => new HistogramSeries(this, l, bounds.Length), retired);
        Instrument = meter.CreateHistogram(name, "s", help, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
    }

    internal Histogram<double> Instrument { get; }

    /// <summary>The histogram of these label values; made when it is first asked for. Not for hot paths: ask once and keep it.</summary>
    public HistogramSeries With(params string[] values) => _series.With(values);

    internal int Bucket(long ticks)
    {
        var bucket = 0;
        while (bucket < _ticks.Length && ticks > _ticks[bucket])
        {
            bucket++;
        }

        return bucket;
    }

    internal override void Write(PrometheusWriter writer)
    {
        foreach (var series in _series.All)
        {
            var count = 0L;
            for (var i = 0; i < _bounds.Length; i++)
            {
                count += series.BucketCount(i);
                writer.Bucket(Name, series.Labels.Text, _bounds[i], count);
            }

            count += series.BucketCount(_bounds.Length);
            writer.Bucket(Name, series.Labels.Text, double.PositiveInfinity, count);
            writer.Sample(Name + "_sum", series.Labels.Text, series.SumSeconds);
            writer.Sample(Name + "_count", series.Labels.Text, count);
        }
    }
}
