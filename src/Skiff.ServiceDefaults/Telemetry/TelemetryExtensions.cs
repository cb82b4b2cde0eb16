using Microsoft.Extensions.Hosting;

namespace Skiff.ServiceDefaults;

/// <summary>Telemetry by OTLP.</summary>
public static class TelemetryExtensions
{
    /// <summary>
    /// Exports traces, metrics and logs by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or that of a signal, is set; otherwise registers nothing: the mere
    /// presence of an exporter costs throughput.
    /// </summary>
    /// <param name="builder">The program's builder. It need not read the environment.</param>
    /// <param name="options">What is exported.</param>
    /// <param name="variables">The environment's <c>OTEL_*</c> variables.</param>
    /// <returns>Whether anything is exported.</returns>
    public static bool AddSkiffTelemetry(this IHostApplicationBuilder builder, TelemetryOptions options, TelemetryVariables variables)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(variables);
        if (!variables.ExportsAnything)
        {
            return false;
        }

        OtlpExport.Add(builder, options, variables);
        return true;
    }
}
