using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>What the server counts.</summary>
internal sealed class ServerMetrics : IDisposable
{
    /// <summary>The name of the server's meter, and of the source of its spans.</summary>
    internal const string MeterName = "Skiff.Server";

    // From a single row on a linear model to a large batch on a large forest.
    private static readonly double[] Bounds =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly double[] LoadBounds = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300];

    private readonly CounterSeries[] _failures = new CounterSeries[FailureReasons.Count * Protocols.Count];

    internal ServerMetrics(TimeProvider time)
    {
        Registry = new MetricRegistry(MeterName);
        Durations = Registry.Histogram(
            "skiff_request_duration_seconds", "Time from a request's head to its answer, by the version that served it.", Bounds, "model", "version", "protocol", "outcome");
        var failures = Registry.Counter("skiff_request_failures_total", "Requests that were not answered with a prediction.", "protocol", "reason");
        for (var reason = 1; reason < FailureReasons.Count; reason++)
        {
            for (var protocol = 0; protocol < Protocols.Count; protocol++)
            {
                _failures[(reason * Protocols.Count) + protocol] = failures.With(((Protocol)protocol).Name(), ((FailureReason)reason).Label());
            }
        }

        Loads = Registry.Counter("skiff_model_loads_total", "Versions read from their files.", "model", "outcome");
        LoadDurations = Registry.Histogram("skiff_model_load_duration_seconds", "Time to read a version.", LoadBounds, "model");
        Swaps = Registry.Counter("skiff_model_swaps_total", "How often another version began to answer.", "model");
        Evictions = Registry.Counter("skiff_model_evictions_total", "Versions that went from memory to make room for others.", "model");
        Unrouted = Registry.Counter("skiff_unrouted_requests_total", "Requests to no known path, or with a method that it does not take.", "status");
        Registry.AddProcess(time);
    }

    internal MetricRegistry Registry { get; }

    internal HistogramFamily Durations { get; }

    internal CounterFamily Loads { get; }

    internal HistogramFamily LoadDurations { get; }

    internal CounterFamily Swaps { get; }

    /// <summary>Versions that went from memory to make room.</summary>
    internal CounterFamily Evictions { get; }

    internal CounterFamily Unrouted { get; }

    internal CounterSeries Failures(Protocol protocol, FailureReason reason) => _failures[((int)reason * Protocols.Count) + (int)protocol];

    /// <summary>Adds what is looked up when somebody asks: which versions answer, and how many requests run and wait.</summary>
    internal void Observe(ModelCache cache, ConcurrencyGate gate, BufferBudget budget, HealthPages health)
    {
        Registry.Gauge("skiff_predictions_running", "Predictions that run.", () => gate.Running);
        Registry.Gauge("skiff_predictions_waiting", "Predictions that wait for their turn.", () => gate.Waiting);
        Registry.Gauge("skiff_buffered_bytes", "Bytes of bodies that are held until they are whole and have their turn, beyond the first 4096 of each.", () => budget.Held);
        Registry.Gauge("skiff_models_loaded", "Versions in memory.", () => cache.Versions.Count);
        Registry.Gauge("skiff_models_loaded_bytes", "About how many bytes they take.", () => cache.Versions.Bytes);
        Registry.Gauge("skiff_ready", "1 where requests should be sent here: every model can answer, and the server is not stopping.", () => health.WhyNotReady() is null ? 1 : 0);
        Registry.Gauge(
            "skiff_model_serving",
            "1 for the version that answers when none is asked for.",
            ["model", "version"],
            () => cache.Table.Models.Where(m => m.Serving is not null).Select(m => (new[] { m.Name, m.Serving!.Entry.Version }, 1d)));
        Registry.Gauge(
            "skiff_model_degraded",
            "1 for a model with a newer version that was refused, else 0.",
            ["model"],
            () => cache.Table.Models.Select(m => (new[] { m.Name }, m.Problem is null ? 0d : 1d)));
    }

    public void Dispose() => Registry.Dispose();
}
