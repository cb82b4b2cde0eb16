using System.Diagnostics.Metrics;

namespace Skiff.ServiceDefaults;

/// <summary>Numbers that differ in their labels and are looked up when somebody asks for them.</summary>
public sealed class LabeledGaugeFamily : MetricFamily
{
    private readonly string[] _labels;
    private readonly Func<IEnumerable<(string[] Labels, double Value)>> _read;

    internal LabeledGaugeFamily(Meter meter, string name, string help, string[] labels, Func<IEnumerable<(string[] Labels, double Value)>> read)
        : base(name, help, "gauge")
    {
        _labels = labels;
        _read = read;
        meter.CreateObservableGauge(name, Observe, description: help);
    }

    internal override void Write(PrometheusWriter writer)
    {
        foreach (var (values, value) in _read())
        {
            writer.Sample(Name, new SeriesLabels(_labels, values).Text, value);
        }
    }

    private IEnumerable<Measurement<double>> Observe()
    {
        foreach (var (values, value) in _read())
        {
            yield return new Measurement<double>(value, new SeriesLabels(_labels, values).Tags);
        }
    }
}
