using System.Diagnostics.Metrics;

namespace Skiff.ServiceDefaults;

/// <summary>Counters that differ in their labels.</summary>
public sealed class CounterFamily : MetricFamily
{
    private readonly SeriesSet<CounterSeries> _series;

    internal CounterFamily(Meter meter, string name, string help, string[] labels, int retired)
        : base(name, help, "counter")
    {
        _series = new SeriesSet<CounterSeries>(labels, static l => new CounterSeries(l), retired);
        meter.CreateObservableCounter(name, Observe, description: help);
    }

    /// <summary>The counter of these label values; made when it is first asked for. Not for hot paths: ask once and keep it.</summary>
    public CounterSeries With(params string[] values) => _series.With(values);

    internal override void Write(PrometheusWriter writer)
    {
        foreach (var series in _series.All)
        {
            writer.Sample(Name, series.Labels.Text, series.Value);
        }
    }

    private IEnumerable<Measurement<long>> Observe()
    {
        foreach (var series in _series.All)
        {
            yield return new Measurement<long>(series.Value, series.Labels.Tags);
        }
    }
}
