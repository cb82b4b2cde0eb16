using System.Collections.Concurrent;
using Skiff.ServiceDefaults;
using Yarp.ReverseProxy.Model;

namespace Skiff.Gateway;

/// <summary>What the gateway counts.</summary>
internal sealed class GatewayMetrics : IDisposable
{
    /// <summary>The name of the meter, and of the source of spans.</summary>
    internal const string MeterName = "Skiff.Gateway";

    private static readonly double[] Bounds =
        [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly Dictionary<(string, int), HistogramSeries> _durations = [];
    private readonly CounterFamily _tries;
    private readonly CounterFamily _retries;
    private readonly CounterFamily _failures;
    private readonly CounterFamily _keys;

    // A family finds a series by a text and under a lock, which is too much for every request.
    private readonly ConcurrentDictionary<(string Key, int Outcome), CounterSeries> _keySeries = new();

    public GatewayMetrics(TimeProvider time, ConcurrencyGate gate, BufferBudget buffers, ServerPool servers, RetryBudget budget)
    {
        Registry = new MetricRegistry(MeterName);
        var durations = Registry.Histogram(
            "skiff_gateway_request_duration_seconds", "Time from a request's head to its answer.", Bounds, "route", "outcome");
        foreach (var route in GatewayRoute.All)
        {
            for (var outcome = 0; outcome < 3; outcome++)
            {
                _durations[(route.Name, outcome)] = durations.With(route.Name, OutcomeName(outcome));
            }
        }

        _tries = Registry.Counter("skiff_gateway_tries_total", "Model servers asked, by how it ended.", "server", "outcome");
        _retries = Registry.Counter("skiff_gateway_retries_total", "Requests sent to another model server, by why.", "reason");
        _failures = Registry.Counter("skiff_gateway_failures_total", "Requests that the gateway refused or failed.", "reason");
        _keys = Registry.Counter("skiff_gateway_key_requests_total", "Requests by the name of their API key.", "key", "outcome");
        Registry.Gauge("skiff_gateway_requests_running", "Requests that are with the model servers.", () => gate.Running);
        Registry.Gauge("skiff_gateway_requests_waiting", "Requests that wait for their turn.", () => gate.Waiting);
        Registry.Gauge("skiff_gateway_retry_budget", "Requests that may be sent to another model server now.", () => budget.Left);
        Registry.Gauge("skiff_gateway_buffered_bytes", "Bytes of requests and answers that are held, beyond the first 4096 of each.", () => buffers.Held);
        Registry.Gauge("skiff_gateway_server_healthy", "1 for a model server that gets requests.", ["server"], () => servers.All.Select(static s => (new[] { s.DestinationId }, ServerPool.IsReady(s) && ServerPool.IsWell(s) ? 1d : 0d)));
        Registry.AddProcess(time);
    }

    internal MetricRegistry Registry { get; }

    internal void Answered(GatewayRoute route, string key, int status, TimeSpan duration)
    {
        var outcome = status < 400 ? 0 : status < 500 ? 1 : 2;
        _durations[(route.Name, outcome)].Record(duration);
        _keySeries.GetOrAdd((key, outcome), static (series, keys) => keys.With(series.Key, OutcomeName(series.Outcome)), _keys).Increment();
    }

    internal CounterSeries Try(DestinationState server, TryOutcome outcome) =>
        ModelServer.Of(server).Tries[(int)outcome] ??= _tries.With(server.DestinationId, outcome.Label());

    internal CounterSeries Retry(TryOutcome outcome) => _retries.With(outcome.Label());

    internal CounterSeries Failure(string reason) => _failures.With(reason);

    /// <inheritdoc/>
    public void Dispose() => Registry.Dispose();

    private static string OutcomeName(int outcome) => outcome switch
    {
        0 => "ok",
        1 => "client_error",
        _ => "server_error",
    };
}
