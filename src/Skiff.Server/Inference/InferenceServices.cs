using Microsoft.Extensions.Logging;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>What the endpoints of all protocols stand on.</summary>
internal sealed class InferenceServices(
    DataPlane plane, ConcurrencyGate gate, BufferBudget budget, ServerMetrics metrics, SkiffOptions options, TimeProvider time, RequestObserver observer, ILogger logger)
{
    internal DataPlane Plane => plane;

    internal ConcurrencyGate Gate => gate;

    /// <summary>What reads bodies.</summary>
    internal BodyReader Bodies { get; } = new(options, budget);

    internal SkiffOptions Options => options;

    internal TimeProvider Time => time;

    internal RequestObserver Observer => observer;

    internal ILogger Logger => logger;

    /// <summary>Counts a request that has its answer.</summary>
    internal void Record(Call call)
    {
        call.Version?.Metrics.Record(call.Protocol, call.Status, time.GetElapsedTime(call.Start));
        if (call.Failure != FailureReason.None)
        {
            metrics.Failures(call.Protocol, call.Failure).Increment();
        }
    }
}
