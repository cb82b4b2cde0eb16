namespace Skiff.ServiceDefaults;

/// <summary>Series of one name. Prometheus reads them as text; a listener of <see cref="System.Diagnostics.Metrics"/> sees the same numbers.</summary>
public abstract class MetricFamily
{
    private protected MetricFamily(string name, string help, string type)
    {
        Name = name;
        Help = help;
        Type = type;
    }

    /// <summary>Its name in Prometheus' form: <c>skiff_request_duration_seconds</c>.</summary>
    public string Name { get; }

    /// <summary>What it counts, for people.</summary>
    public string Help { get; }

    internal string Type { get; }

    internal abstract void Write(PrometheusWriter writer);
}
