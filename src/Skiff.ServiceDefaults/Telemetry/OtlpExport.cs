using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace Skiff.ServiceDefaults;

/// <summary>The one place that knows OpenTelemetry's SDK.</summary>
internal static class OtlpExport
{
    internal static void Add(IHostApplicationBuilder builder, TelemetryOptions options, TelemetryVariables variables)
    {
        // The SDK reads its variables from the program's configuration, and ours is made without the environment.
        builder.Configuration.AddInMemoryCollection(variables.Values!);

        // UseOtlpExporter knows the variables of each signal, and turns on all three: one that is not wanted is given nothing to export.
        builder.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, options))
            .WithTracing(tracing => tracing.AddSource(variables.ExportsTraces ? [.. options.Sources] : []))
            .WithMetrics(metrics => metrics.AddMeter(variables.ExportsMetrics ? [.. options.Meters] : []))
            .WithLogging(null, static logging => logging.IncludeFormattedMessage = true)
            .UseOtlpExporter();
        if (!variables.ExportsLogs)
        {
            builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.None);
        }
    }

    // The environment last: of a name given twice the last counts.
    private static void Describe(ResourceBuilder resource, TelemetryOptions options) =>
        resource.Clear().AddTelemetrySdk().AddService(options.ServiceName, serviceVersion: options.ServiceVersion).AddEnvironmentVariableDetector();
}
