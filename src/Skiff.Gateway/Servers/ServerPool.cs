using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Skiff.Gateway;

/// <summary>The model servers there are now, as YARP's discovery and probes see them.</summary>
internal sealed class ServerPool(IProxyStateLookup clusters, IDestinationHealthUpdater health)
{
    /// <summary>A server that failed is asked again after this long, unless all have failed.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private uint _turn;

    /// <summary>What sends requests to them; null before the first of them is known.</summary>
    internal HttpMessageInvoker? Client => Cluster?.Model.HttpClient;

    /// <summary>All of them.</summary>
    internal IReadOnlyList<DestinationState> All => Cluster?.DestinationsState.AllDestinations ?? [];

    private ClusterState? Cluster => clusters.TryGetCluster(ModelServers.Cluster, out var cluster) ? cluster : null;

    /// <summary>Whether nothing speaks against a server.</summary>
    internal static bool IsWell(DestinationState server) =>
        server.Health.Active != DestinationHealth.Unhealthy && server.Health.Passive != DestinationHealth.Unhealthy;

    /// <summary>Whether a server has said that it is ready.</summary>
    internal static bool IsReady(DestinationState server) => server.Health.Active == DestinationHealth.Healthy;

    /// <summary>
    /// The server to ask next: of those that are well the one with the fewest requests. With none well all count: a probe may be wrong, and a refusal without
    /// a try helps nobody.
    /// </summary>
    /// <param name="asked">Who was asked already; null for nobody.</param>
    /// <returns>Null where nobody is left.</returns>
    internal DestinationState? Choose(List<DestinationState>? asked)
    {
        var all = All;
        DestinationState? best = null;
        var (bestIsWell, bestRunning) = (false, int.MaxValue);

        // From another one each time, so that equals take turns.
        var first = Interlocked.Increment(ref _turn);
        for (var i = 0; i < all.Count; i++)
        {
            var server = all[(int)((first + (uint)i) % (uint)all.Count)];
            if (asked?.Contains(server) == true)
            {
                continue;
            }

            var (isWell, running) = (IsWell(server), ModelServer.Of(server).Running);
            if (best is null || (isWell && !bestIsWell) || (isWell == bestIsWell && running < bestRunning))
            {
                (best, bestIsWell, bestRunning) = (server, isWell, running);
            }
        }

        return best;
    }

    /// <summary>Gives a server that cannot be reached, or breaks off, a rest.</summary>
    internal void LetRest(DestinationState server)
    {
        if (Cluster is { } cluster)
        {
            health.SetPassive(cluster, server, DestinationHealth.Unhealthy, Rest);
        }
    }
}
