using Yarp.ReverseProxy.Configuration;

namespace Skiff.Gateway;

/// <summary>The model servers as YARP's one cluster, and how they are looked after.</summary>
internal static class ModelServers
{
    /// <summary>The cluster's id.</summary>
    internal const string Cluster = "model-servers";

    /// <summary>The path that says whether a model server wants requests.</summary>
    private const string ReadyPath = "/health/ready";

    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(1);

    /// <summary>The name of a model server, for logs and metrics.</summary>
    internal static string IdOf(Uri address) => address.Authority + address.AbsolutePath.TrimEnd('/');

    /// <summary>The cluster.</summary>
    internal static ClusterConfig ClusterOf(GatewayOptions options) => new()
    {
        ClusterId = Cluster,
        Destinations = options.ModelServers.ToDictionary(IdOf, static s => new DestinationConfig { Address = s.AbsoluteUri }),
        HealthCheck = new HealthCheckConfig
        {
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Interval = options.ProbeInterval,
                Timeout = options.ProbeInterval < LongestProbe ? options.ProbeInterval : LongestProbe,
                Policy = ProbePolicy.PolicyName,
                Path = ReadyPath,
            },
        },
    };
}
