using Google.Protobuf;
using OpenTelemetry.Proto.Trace.V1;
using Skiff.Gateway.Tests.Support;
using Skiff.ServiceDefaults;
using Skiff.TestKit.Otlp;

namespace Skiff.Gateway.Tests;

/// <summary>Alone: a listener to spans hears every gateway of the process.</summary>
[Collection(nameof(TelemetryTests))]
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public class TelemetryTests
{
    [Fact]
    public async Task Probes_OfModelServers_AreNoTraces()
    {
        var probes = 0;
        var recorded = 0;
        await using var collector = await OtlpReceiver.StartAsync("http/protobuf");
        await using var server = await FakeModelServer.StartAsync();
        server.Health = context =>
        {
            Interlocked.Increment(ref probes);
            if (context.Request.Headers.TraceParent is [{ } parent] && parent.EndsWith("-01", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref recorded);
            }

            return Task.CompletedTask;
        };
        await using var gateway = await TestGateway.StartAsync(options => Export(options, collector), server.Url);
        await TestGateway.UntilAsync(() => Volatile.Read(ref probes) > 5);

        Assert.Equal(200, (await gateway.PostAsync("/predict")).Status);

        // They come in the order in which they ended.
        await TestGateway.UntilAsync(() => collector.Spans().Any(static s => s.Span.Kind == Span.Types.SpanKind.Server));
        var spans = collector.Spans().Select(static s => s.Span).ToArray();
        var request = Assert.Single(spans, static span => span.Kind == Span.Types.SpanKind.Server);
        Assert.All(spans, span => Assert.Equal(Hex(request.TraceId), Hex(span.TraceId)));
        var asked = Assert.Single(spans, static span => span.Kind == Span.Types.SpanKind.Client);
        Assert.Equal("POST", asked.Name);
        Assert.Equal(0, recorded);
        Assert.EndsWith($"-{Hex(request.TraceId)}-{Hex(asked.SpanId)}-01", Assert.Single(server.Requests).Headers["traceparent"], StringComparison.Ordinal);
    }

    private static void Export(GatewayOptions options, OtlpReceiver collector)
    {
        options.ProbeInterval = TimeSpan.FromMilliseconds(20);
        options.Telemetry = new TelemetryVariables(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
        });
    }

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
