using System.Diagnostics.Metrics;

namespace Skiff.ServiceDefaults;

/// <summary>
/// The metrics of a process. They are plain counters that <c>/metrics</c> renders when it is asked; listeners of
/// <see cref="System.Diagnostics.Metrics"/> (an OpenTelemetry exporter, <c>dotnet-counters</c>) see the same numbers, and cost nothing while there are none.
/// </summary>
public sealed class MetricRegistry : IDisposable
{
    /// <summary>The media type of <see cref="Render"/>.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    // Enough for every label combination of hundreds of versions; beyond it the oldest give way.
    private const int MaximumSeries = 4096;

    private readonly Lock _lock = new();
    private readonly Meter _meter;
    private volatile MetricFamily[] _families = [];

    /// <summary>Makes a registry.</summary>
    /// <param name="meterName">The meter's name, for listeners.</param>
    public MetricRegistry(string meterName)
    {
        _meter = new Meter(meterName);
    }

    /// <summary>Adds counters.</summary>
    /// <param name="name">The name, which ends in <c>_total</c>.</param>
    /// <param name="help">What is counted, for people.</param>
    /// <param name="labels">The labels' names.</param>
    public CounterFamily Counter(string name, string help, params string[] labels) =>
        Add(new CounterFamily(_meter, name, help, labels, MaximumSeries));

    /// <summary>Adds histograms of durations.</summary>
    /// <param name="name">The name, which ends in <c>_seconds</c>.</param>
    /// <param name="help">What is measured, for people.</param>
    /// <param name="bounds">The buckets' upper bounds in seconds, ascending.</param>
    /// <param name="labels">The labels' names.</param>
    public HistogramFamily Histogram(string name, string help, double[] bounds, params string[] labels) =>
        Add(new HistogramFamily(_meter, name, help, bounds, labels, MaximumSeries));

    /// <summary>Adds a number that is looked up when somebody asks for it.</summary>
    public GaugeFamily Gauge(string name, string help, Func<double> read) => Add(new GaugeFamily(_meter, name, help, "gauge", read));

    /// <summary>Adds numbers that differ in their labels and are looked up when somebody asks for them.</summary>
    public LabeledGaugeFamily Gauge(string name, string help, string[] labels, Func<IEnumerable<(string[] Labels, double Value)>> read) =>
        Add(new LabeledGaugeFamily(_meter, name, help, labels, read));

    /// <summary>Adds a number that only grows and is looked up when somebody asks for it.</summary>
    public GaugeFamily Total(string name, string help, Func<double> read) => Add(new GaugeFamily(_meter, name, help, "counter", read));

    /// <summary>Adds what operators want to know of every process: memory, processor time, collections.</summary>
    public void AddProcess(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var start = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000d;
        Gauge("process_resident_memory_bytes", "Resident memory.", static () => Environment.WorkingSet);
        Gauge("process_start_time_seconds", "When the process started, in seconds since 1970.", () => start);
        Total("process_cpu_seconds_total", "Processor time spent.", static () => Environment.CpuUsage.TotalTime.TotalSeconds);
        Gauge("dotnet_gc_heap_size_bytes", "Managed memory in use.", static () => GC.GetTotalMemory(false));
        Total("dotnet_gc_collections_total", "Garbage collections of any generation.", static () => GC.CollectionCount(0));
        Total("dotnet_gc_pause_seconds_total", "Time spent paused for garbage collection.", static () => GC.GetTotalPauseDuration().TotalSeconds);
        Gauge("dotnet_thread_pool_threads", "Threads of the pool.", static () => ThreadPool.ThreadCount);
        Gauge("dotnet_thread_pool_queue_length", "Work that waits for a thread of the pool.", static () => ThreadPool.PendingWorkItemCount);
    }

    /// <summary>All metrics as Prometheus' text.</summary>
    public byte[] Render()
    {
        var writer = new PrometheusWriter();
        foreach (var family in _families)
        {
            writer.Head(family);
            family.Write(writer);
        }

        return writer.ToUtf8();
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private T Add<T>(T family)
        where T : MetricFamily
    {
        lock (_lock)
        {
            _families = [.. _families, family];
        }

        return family;
    }
}
