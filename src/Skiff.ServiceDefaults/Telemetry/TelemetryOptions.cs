namespace Skiff.ServiceDefaults;

/// <summary>What a program exports by OTLP, and under which name.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The service's name, unless <c>OTEL_SERVICE_NAME</c> says otherwise.</summary>
    public required string ServiceName { get; init; }

    /// <summary>The program's version.</summary>
    public required string ServiceVersion { get; init; }

    /// <summary>The names of the sources whose spans are exported.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The names of the meters whose numbers are exported.</summary>
    public IReadOnlyList<string> Meters { get; init; } = [];
}
