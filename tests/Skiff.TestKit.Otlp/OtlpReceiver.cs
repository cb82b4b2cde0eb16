using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace Skiff.TestKit.Otlp;

/// <summary>Takes what is exported by OTLP, over HTTP or gRPC, and reads it with Google's code for OpenTelemetry's schema: neither is the exporter's.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private const int GrpcHead = 5;

    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app)
    {
        _app = app;
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public string Address { get; }

    public ConcurrentQueue<ExportTraceServiceRequest> Traces { get; } = new();

    public ConcurrentQueue<ExportMetricsServiceRequest> Metrics { get; } = new();

    public ConcurrentQueue<ExportLogsServiceRequest> Logs { get; } = new();

    public static async Task<OtlpReceiver> StartAsync(string protocol)
    {
        var isGrpc = protocol == "grpc";
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var app = builder.Build();
        OtlpReceiver? receiver = null;
        app.Run(context => receiver!.ReceiveAsync(context, isGrpc));
        await app.StartAsync();
        receiver = new OtlpReceiver(app);
        return receiver;
    }

    /// <summary>Every span that has come, with the name of the service that sent it.</summary>
    public IReadOnlyList<(string Service, Span Span)> Spans() =>
    [
        .. from export in Traces
           from resource in export.ResourceSpans
           let service = resource.Resource.Attributes.First(static a => a.Key == "service.name").Value.StringValue
           from scope in resource.ScopeSpans
           from span in scope.Spans
           select (service, span),
    ];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context, bool isGrpc)
    {
        using var whole = new MemoryStream();
        await context.Request.Body.CopyToAsync(whole, context.RequestAborted);
        var body = whole.ToArray().AsSpan();
        if (isGrpc)
        {
            if (body[0] != 0 || BinaryPrimitives.ReadInt32BigEndian(body[1..]) != body.Length - GrpcHead)
            {
                throw new InvalidDataException("Not one uncompressed message of gRPC.");
            }

            body = body[GrpcHead..];
        }

        Read(context.Request.Path.Value!, body.ToArray());
        if (isGrpc)
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[GrpcHead], context.RequestAborted);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }

    private void Read(string path, byte[] body)
    {
        switch (path)
        {
            case "/v1/traces" or "/opentelemetry.proto.collector.trace.v1.TraceService/Export":
                Traces.Enqueue(ExportTraceServiceRequest.Parser.ParseFrom(body));
                break;
            case "/v1/metrics" or "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export":
                Metrics.Enqueue(ExportMetricsServiceRequest.Parser.ParseFrom(body));
                break;
            case "/v1/logs" or "/opentelemetry.proto.collector.logs.v1.LogsService/Export":
                Logs.Enqueue(ExportLogsServiceRequest.Parser.ParseFrom(body));
                break;
            default:
                throw new InvalidOperationException($"OTLP has no {path}.");
        }
    }
}
