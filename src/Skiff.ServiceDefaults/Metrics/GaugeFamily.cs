using System.Diagnostics.Metrics;

namespace Skiff.ServiceDefaults;

/// <summary>A number that is looked up when somebody asks for it.</summary>
public sealed class GaugeFamily : MetricFamily
{
    private readonly Func<double> _read;

    internal GaugeFamily(Meter meter, string name, string help, string type, Func<double> read)
        : base(name, help, type)
    {
        _read = read;
        if (type == "counter")
        {
            meter.CreateObservableCounter(name, read, description: help);
        }
        else
        {
            meter.CreateObservableGauge(name, read, description: help);
        }
    }

    internal override void Write(PrometheusWriter writer) => writer.Sample(Name, string.Empty, _read());
}
