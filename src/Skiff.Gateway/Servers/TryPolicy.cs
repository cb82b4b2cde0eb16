using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Skiff.Gateway;

/// <summary>What a request means for its model server's health: one that cannot be reached or breaks off gets no more for a moment.</summary>
internal sealed class TryPolicy(IDestinationHealthUpdater updater) : IPassiveHealthCheckPolicy
{
    internal const string PolicyName = "SkiffTry";

    /// <inheritdoc/>
    public string Name => PolicyName;

    /// <inheritdoc/>
    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (GatewayCall.Of(context).Try.Outcome is TryOutcome.Unreachable or TryOutcome.BrokenOff)
        {
            var period = cluster.Model.Config.HealthCheck?.Passive?.ReactivationPeriod ?? TimeSpan.FromSeconds(2);
            updater.SetPassive(cluster, destination, DestinationHealth.Unhealthy, period);
        }
    }
}
