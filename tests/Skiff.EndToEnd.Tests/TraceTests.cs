using System.Net;
using Google.Protobuf;
using OpenTelemetry.Proto.Trace.V1;
using Skiff.TestKit.Otlp;

namespace Skiff.EndToEnd.Tests;

/// <summary>What the published programs export by OTLP: a compiler that trims must have left all of it in.</summary>
public class TraceTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string ParentId = "b7ad6b7169203331";

    [Fact]
    public async Task Request_ThroughGatewayAndServer_IsOneTrace()
    {
        await using var collector = await OtlpReceiver.StartAsync("http/protobuf");
        var export = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        };
        using var registry = TempRegistry.Sentiment();
        var port = RunningProgram.FreePort();
        string[] arguments = ["serve", "--registry", registry.Root, "--urls", $"http://127.0.0.1:{port}"];
        await using var server = await SkiffServer.StartAsync(port, RunningProgram.LoopbackClient(port), arguments, export);
        await server.UntilReadyAsync();
        await using var gateway = await SkiffGateway.StartAsync([server], export);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = new StringContent("""{"text":"fine"}""", null, "application/json") };
        request.Headers.Add("traceparent", $"00-{TraceId}-{ParentId}-01");

        var answer = await Answer.ReadAsync(gateway.Client.SendAsync(request, TestContext.Current.CancellationToken));

        answer.AssertStatus(HttpStatusCode.OK);
        List<(string Service, Span Span)> spans = [];
        await gateway.UntilAsync("three spans of the trace have come", () =>
        {
            spans = [.. collector.Spans().Where(static s => Hex(s.Span.TraceId) == TraceId)];
            return Task.FromResult(spans.Count >= 3);
        });
        var first = Assert.Single(spans, static s => s.Service == "skiff-gateway" && s.Span.Kind == Span.Types.SpanKind.Server).Span;
        var asked = Assert.Single(spans, static s => s.Service == "skiff-gateway" && s.Span.Kind == Span.Types.SpanKind.Client).Span;
        var last = Assert.Single(spans, static s => s.Service == "skiff").Span;
        Assert.Equal((ParentId, Hex(first.SpanId), Hex(asked.SpanId)), (Hex(first.ParentSpanId), Hex(asked.ParentSpanId), Hex(last.ParentSpanId)));
        Assert.Equal(("POST /predict", "POST /predict"), (first.Name, last.Name));
        await gateway.UntilAsync("numbers of both have come", () => Task.FromResult(
            Metrics(collector).IsSupersetOf(["skiff_request_duration_seconds", "skiff_gateway_request_duration_seconds"])));
    }

    private static HashSet<string> Metrics(OtlpReceiver collector) =>
    [
        .. from export in collector.Metrics
           from resource in export.ResourceMetrics
           from scope in resource.ScopeMetrics
           from metric in scope.Metrics
           select metric.Name,
    ];

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
