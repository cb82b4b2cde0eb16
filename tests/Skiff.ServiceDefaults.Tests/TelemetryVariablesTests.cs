namespace Skiff.ServiceDefaults.Tests;

public sealed class TelemetryVariablesTests
{
    [Theory]
    [InlineData("", false, false, false)]
    [InlineData("OTEL_SERVICE_NAME=x;OTEL_EXPORTER_OTLP_PROTOCOL=grpc", false, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=;OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=  ", false, false, false)]
    [InlineData("otel_exporter_otlp_endpoint=http://c:4317", false, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317", true, true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=https://c;OTEL_SDK_DISABLED=TRUE", false, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_METRICS_EXPORTER=none", true, false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://c/v1/logs", false, false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://c;OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://d", true, true, false)]
    public void Exports_ByVariables_AreThoseWithAnEndpoint(string environment, bool traces, bool metrics, bool logs)
    {
        var variables = new TelemetryVariables(Parse(environment));
        Assert.Equal((traces, metrics, logs), (variables.ExportsTraces, variables.ExportsMetrics, variables.ExportsLogs));
        Assert.Equal(traces || metrics || logs, variables.ExportsAnything);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "/v1")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "ftp://collector")]
    public void Endpoint_NotAnAddress_IsRefusedByName(string name, string value)
    {
        var error = Assert.Throws<FormatException>(() => new TelemetryVariables([KeyValuePair.Create(name, value)]));
        Assert.Equal($"{name}: '{value}' is not an address such as http://collector:4317", error.Message);
    }

    private static IEnumerable<KeyValuePair<string, string>> Parse(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static pair => KeyValuePair.Create(pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]));
}
