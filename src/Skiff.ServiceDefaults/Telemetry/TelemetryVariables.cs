using System.Collections;

namespace Skiff.ServiceDefaults;

/// <summary>The standard <c>OTEL_*</c> variables: whether anything is exported by OTLP, what, and how.</summary>
public sealed class TelemetryVariables
{
    private const string Prefix = "OTEL_";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Takes the <c>OTEL_*</c> variables out of an environment.</summary>
    /// <param name="environment">Names and values; an empty value is none.</param>
    /// <exception cref="FormatException">An endpoint is not an address.</exception>
    public TelemetryVariables(IEnumerable<KeyValuePair<string, string>> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (var (name, value) in environment)
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(value))
            {
                _values[name] = value;
            }
        }

        ExportsTraces = Exports("TRACES");
        ExportsMetrics = Exports("METRICS");
        ExportsLogs = Exports("LOGS");
    }

    /// <summary>No variables: nothing is exported.</summary>
    public static TelemetryVariables None { get; } = new([]);

    /// <summary>Whether spans are exported.</summary>
    public bool ExportsTraces { get; }

    /// <summary>Whether numbers are exported.</summary>
    public bool ExportsMetrics { get; }

    /// <summary>Whether log lines are exported.</summary>
    public bool ExportsLogs { get; }

    /// <summary>Whether anything is exported.</summary>
    public bool ExportsAnything => ExportsTraces || ExportsMetrics || ExportsLogs;

    internal IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>The variables of this process.</summary>
    /// <exception cref="FormatException">An endpoint is not an address.</exception>
    public static TelemetryVariables FromEnvironment() => new(
        from DictionaryEntry entry in Environment.GetEnvironmentVariables()
        select KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? string.Empty));

    private bool Exports(string signal)
    {
        var isAddressed = IsAddress($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") || IsAddress(Endpoint);
        return isAddressed
            && !Says("OTEL_SDK_DISABLED", "true")
            && !Says($"OTEL_{signal}_EXPORTER", "none");
    }

    private bool Says(string name, string value) => string.Equals(_values.GetValueOrDefault(name), value, StringComparison.OrdinalIgnoreCase);

    // The exporter would take the default instead of a wrong address, and nobody would learn why nothing arrives.
    private bool IsAddress(string name)
    {
        if (!_values.TryGetValue(name, out var value))
        {
            return false;
        }

        return Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? true
            : throw new FormatException($"{name}: '{value}' is not an address such as http://collector:4317");
    }
}
