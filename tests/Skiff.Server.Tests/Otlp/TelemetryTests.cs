using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Trace.V1;
using Skiff.ServiceDefaults;
using Skiff.TestKit.Otlp;

namespace Skiff.Server.Tests;

[Collection(AloneCollection.Name)]
public sealed class TelemetryTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string ParentId = "b7ad6b7169203331";

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task Request_WithTraceparent_IsOneTraceWithItsLogLinesAndNumbers(string protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync(protocol);
        await using (var server = await StartAsync(Variables(receiver, protocol)))
        {
            var answer = await server.SendAsync(
                HttpMethod.Post, "/predict", """{"text":"good"}""", headers: [("traceparent", $"00-{TraceId}-{ParentId}-01"), ("tracestate", "a=b"), ("X-Request-Id", "one")]);
            Assert.Equal(200, answer.Status);
            await server.StopAsync();
        }

        var span = Assert.Single(Spans(receiver), s => Hex(s.TraceId) == TraceId);
        Assert.Equal((ParentId, "a=b", "POST /predict", Span.Types.SpanKind.Server), (Hex(span.ParentSpanId), span.TraceState, span.Name, span.Kind));
        Assert.Equal(
            [
                ("http.request.method", "POST"), ("http.response.status_code", "200"), ("http.route", "/predict"), ("skiff.model", "default"),
                ("skiff.model.version", "1.0.0"), ("skiff.request_id", "one"), ("url.path", "/predict"), ("url.scheme", "http"),
            ],
            Texts(span.Attributes));
        Assert.True(span.EndTimeUnixNano > span.StartTimeUnixNano);
        Assert.Null(span.Status);

        var line = Assert.Single(Lines(receiver), l => Hex(l.TraceId) == TraceId);
        Assert.Equal(Hex(span.SpanId), Hex(line.SpanId));
        Assert.StartsWith("POST /predict 200 in ", line.Body.StringValue, StringComparison.Ordinal);
        Assert.Contains(("RequestId", "one"), Texts(line.Attributes));
        Assert.Contains(("Version", "1.0.0"), Texts(line.Attributes));

        var durations = Assert.Single(Numbers(receiver), m => m.Name == "skiff_request_duration_seconds");
        var point = durations.Histogram.DataPoints.Last(p => Texts(p.Attributes).Contains(("outcome", "ok")));
        Assert.Equal([("model", "default"), ("outcome", "ok"), ("protocol", "simple"), ("version", "1.0.0")], Texts(point.Attributes));
        Assert.Equal([0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10], point.ExplicitBounds);
        Assert.Equal(1UL, point.Count);
        Assert.True(Assert.Single(Numbers(receiver), m => m.Name == "process_cpu_seconds_total").Sum.IsMonotonic);
    }

    [Fact]
    public async Task Resource_Variables_WinOverTheProgramsName()
    {
        await using var receiver = await OtlpReceiver.StartAsync("http/protobuf");
        var variables = Variables(receiver, "http/protobuf", ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"), ("OTEL_SERVICE_NAME", "mood"));
        await using (var server = await StartAsync(variables))
        {
            await server.GetAsync("/health");
            await server.StopAsync();
        }

        var resource = Texts(receiver.Traces.First().ResourceSpans[0].Resource.Attributes);
        Assert.Contains(("service.name", "mood"), resource);
        Assert.Contains(("deployment.environment.name", "test"), resource);
        Assert.Contains(("telemetry.sdk.name", "opentelemetry"), resource);
    }

    [Fact]
    public async Task Request_ThatFails_HasASpanWithTheError()
    {
        await using var receiver = await OtlpReceiver.StartAsync("http/protobuf");
        await using (var server = await StartAsync(Variables(receiver, "http/protobuf"), static r => r.WriteVersion("1", "crash", isLatest: true)))
        {
            Assert.Equal(500, (await server.PostAsync("/v2/models/default/versions/1/infer", """{"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","data":["a"]}]}""")).Status);
            Assert.Equal(404, (await server.GetAsync("/models/9")).Status);
            await server.StopAsync();
        }

        var failed = Assert.Single(Spans(receiver), static s => s.Name == "POST /v2/models/{model}/versions/{version}/infer");
        Assert.Equal(OpenTelemetry.Proto.Trace.V1.Status.Types.StatusCode.Error, failed.Status.Code);
        Assert.Contains(("error.type", "500"), Texts(failed.Attributes));
        Assert.Contains(Lines(receiver), l => l.TraceId == failed.TraceId && l.SeverityText == "Error");
        Assert.Null(Assert.Single(Spans(receiver), static s => s.Name == "GET /models/{version}").Status);
    }

    [Fact]
    public async Task Sampler_AlwaysOff_ExportsNoSpanButLinesWithTheTrace()
    {
        await using var receiver = await OtlpReceiver.StartAsync("http/protobuf");
        await using (var server = await StartAsync(Variables(receiver, "http/protobuf", ("OTEL_TRACES_SAMPLER", "always_off"))))
        {
            await server.SendAsync(HttpMethod.Get, "/models", headers: [("traceparent", $"00-{TraceId}-{ParentId}-01")]);
            await server.StopAsync();
        }

        Assert.Empty(receiver.Traces);
        Assert.Single(Lines(receiver), l => Hex(l.TraceId) == TraceId);
    }

    [Fact]
    public async Task Endpoint_OfOneSignal_ExportsThatOneAlone()
    {
        await using var receiver = await OtlpReceiver.StartAsync("http/protobuf");
        var variables = new TelemetryVariables(
        [
            new("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", receiver.Address + "/v1/traces"), new("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"),
        ]);
        await using (var server = await StartAsync(variables))
        {
            await server.PostAsync("/predict", """{"text":"good"}""");
            await server.StopAsync();
        }

        Assert.Contains(Spans(receiver), static s => s.Name == "POST /predict");
        Assert.Empty(receiver.Metrics);
        Assert.Empty(receiver.Logs);
    }

    [Fact]
    public async Task NoEndpoint_NothingOfOpenTelemetryIsRegistered()
    {
        List<string?> registered = [];
        await using var server = await TestServer.StartAsync(build: b => registered.AddRange(b.Services.SelectMany(Names)));
        Assert.NotEmpty(registered);
        Assert.DoesNotContain(registered, static name => name?.StartsWith("OpenTelemetry", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Collector_Gone_DoesNotHarmRequests()
    {
        await using var server = await StartAsync(new TelemetryVariables([new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"), new("OTEL_BSP_SCHEDULE_DELAY", "1")]));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(200, (await server.PostAsync("/predict", """{"text":"good"}""")).Status);
        }
    }

    private static IEnumerable<string?> Names(ServiceDescriptor service)
    {
        yield return service.ServiceType.Assembly.GetName().Name;
        yield return (service.ImplementationType ?? service.ImplementationInstance?.GetType())?.Assembly.GetName().Name;
    }

    private static Task<TestServer> StartAsync(TelemetryVariables variables, Action<TestRegistry>? fill = null) => TestServer.StartAsync(
        fill,
        o => (o.Telemetry, o.LogLevel, o.AccessLog) = (variables, LogLevel.Information, true),
        static b => b.Services.Remove(b.Services.First(static s => s.ServiceType == typeof(ILoggerProvider))));

    private static TelemetryVariables Variables(OtlpReceiver receiver, string protocol, params (string Name, string Value)[] more) => new(
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), new("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), .. more.Select(static m => KeyValuePair.Create(m.Name, m.Value)),
    ]);

    private static List<Span> Spans(OtlpReceiver receiver) => [.. receiver.Spans().Select(static s => s.Span)];

    private static List<LogRecord> Lines(OtlpReceiver receiver) =>
        [.. receiver.Logs.SelectMany(static t => t.ResourceLogs).SelectMany(static r => r.ScopeLogs).SelectMany(static s => s.LogRecords)];

    // The last export holds the sums since the beginning.
    private static List<Metric> Numbers(OtlpReceiver receiver) =>
        [.. receiver.Metrics.Last().ResourceMetrics.SelectMany(static r => r.ScopeMetrics).SelectMany(static s => s.Metrics)];

    private static (string, string)[] Texts(IEnumerable<KeyValue> attributes) =>
        [.. attributes.Select(static a => (a.Key, a.Value.ValueCase == AnyValue.ValueOneofCase.StringValue ? a.Value.StringValue : a.Value.IntValue.ToString(System.Globalization.CultureInfo.InvariantCulture))).OrderBy(static a => a.Key, StringComparer.Ordinal)];

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
