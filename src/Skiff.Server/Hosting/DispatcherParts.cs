using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>Everything that answers, made once.</summary>
internal sealed class DispatcherParts : IDisposable
{
    internal DispatcherParts(
        ModelCache cache,
        DataPlane plane,
        ConcurrencyGate gate,
        BufferBudget budget,
        ServerMetrics metrics,
        Drain drain,
        SkiffOptions options,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        Logger = loggers.CreateLogger<Dispatcher>();
        Metrics = metrics;
        Prefix = NormalizePrefix(options.PathPrefix);
        PredictPath = Prefix + "/predict";
        Observer = new RequestObserver(ServerMetrics.MeterName, loggers.CreateLogger(RequestLog.Category), time, context => RouteNames.Find(context, Prefix));
        var services = new InferenceServices(plane, gate, budget, metrics, options, time, Observer, Logger);
        Predict = new PredictEndpoint(services);
        Health = new HealthPages(cache, drain);
        metrics.Observe(cache, gate, budget, Health);
        Models = new ModelPages(cache);
        V1 = new V1Routes(cache, new V1PredictEndpoint(services));
        V2 = new V2Routes(cache, Health, new V2InferEndpoint(services));
    }

    internal ILogger Logger { get; }

    internal RequestObserver Observer { get; }

    internal ServerMetrics Metrics { get; }

    /// <summary>What every path begins with, without a slash at its end.</summary>
    internal string Prefix { get; }

    internal string PredictPath { get; }

    internal PredictEndpoint Predict { get; }

    internal HealthPages Health { get; }

    internal ModelPages Models { get; }

    internal V1Routes V1 { get; }

    internal V2Routes V2 { get; }

    internal Task MetricsAsync(HttpContext context) =>
        JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, MetricRegistry.ContentType, Metrics.Registry.Render());

    /// <inheritdoc/>
    public void Dispose() => Observer.Dispose();

    private static string NormalizePrefix(string prefix)
    {
        var trimmed = prefix.Trim('/');
        return trimmed.Length == 0 ? string.Empty : "/" + trimmed;
    }
}
