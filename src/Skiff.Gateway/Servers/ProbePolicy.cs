using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Skiff.Gateway;

/// <summary>
/// What a probe of <c>/health/ready</c> means. A server that says it is not ready gets no new requests, at once: it loads or drains, and finishes what it
/// has. One that does not answer twice in a row is silent (hung, killed, cut off): it gets no new requests, and those that wait for it go to another.
/// </summary>
internal sealed partial class ProbePolicy(IDestinationHealthUpdater updater, ILogger<ProbePolicy> logger) : IActiveHealthCheckPolicy
{
    internal const string PolicyName = "SkiffProbe";
    private const int SilentAfter = 2;

    /// <inheritdoc/>
    public string Name => PolicyName;

    /// <inheritdoc/>
    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults)
    {
        var health = new NewActiveDestinationHealth[probingResults.Count];
        for (var i = 0; i < health.Length; i++)
        {
            health[i] = new NewActiveDestinationHealth(probingResults[i].Destination, Judge(probingResults[i]));
        }

        updater.SetActive(cluster, health);
    }

    private DestinationHealth Judge(DestinationProbingResult probe)
    {
        var destination = probe.Destination;
        var server = ModelServer.Of(destination);
        var before = destination.Health.Active;
        if (probe.Response is { } response)
        {
            server.UnansweredProbes = 0;
            var now = response.IsSuccessStatusCode ? DestinationHealth.Healthy : DestinationHealth.Unhealthy;
            if (now != before && now == DestinationHealth.Healthy)
            {
                Log.Healthy(logger, destination.DestinationId);
            }
            else if (now != before)
            {
                Log.Unready(logger, destination.DestinationId, (int)response.StatusCode);
            }

            return now;
        }

        if (++server.UnansweredProbes < SilentAfter)
        {
            return before;
        }

        if (before != DestinationHealth.Unhealthy)
        {
            Log.Silent(logger, destination.DestinationId, probe.Exception?.Message ?? "no answer");
        }

        // Also later on: a request may have been sent to it since, where no other server was left.
        server.ReleaseWaiting();
        return DestinationHealth.Unhealthy;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ServerHealthy, LogLevel.Information, "Model server {Server} is ready")]
        internal static partial void Healthy(ILogger logger, string server);

        [LoggerMessage(EventIds.ServerUnready, LogLevel.Warning, "Model server {Server} is not ready: it answers {Status}")]
        internal static partial void Unready(ILogger logger, string server, int status);

        [LoggerMessage(EventIds.ServerSilent, LogLevel.Error, "Model server {Server} does not answer: {Problem}")]
        internal static partial void Silent(ILogger logger, string server, string problem);
    }
}
