using System.Globalization;
using System.Text;

namespace Skiff.ServiceDefaults;

/// <summary>Writes Prometheus' text format, version 0.0.4.</summary>
internal sealed class PrometheusWriter
{
    private readonly StringBuilder _text = new(4096);

    internal void Head(MetricFamily family)
    {
        _text.Append("# HELP ").Append(family.Name).Append(' ').Append(family.Help).Append('\n');
        _text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Type).Append('\n');
    }

    internal void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    internal void Bucket(string name, string labels, double bound, long count)
    {
        _text.Append(name).Append("_bucket{").Append(labels).Append(labels.Length > 0 ? "," : string.Empty);
        _text.Append("le=\"").Append(Number(bound)).Append("\"} ").Append(count.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    internal byte[] ToUtf8() => Encoding.UTF8.GetBytes(_text.ToString());

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
