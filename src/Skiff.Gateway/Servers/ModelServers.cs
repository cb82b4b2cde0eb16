using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;

namespace Skiff.Gateway;

/// <summary>The model servers as YARP's one cluster, and the routes to them.</summary>
internal static class ModelServers
{
    /// <summary>The cluster's id.</summary>
    internal const string Cluster = "model-servers";

    /// <summary>The path that says whether a model server wants requests.</summary>
    private const string ReadyPath = "/health/ready";

    /// <summary>A server that failed is asked again after this long, unless a probe says something else before.</summary>
    private static readonly TimeSpan Reactivation = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(1);

    /// <summary>The routes.</summary>
    internal static IReadOnlyList<RouteConfig> Routes() => [.. GatewayRoute.All.SelectMany(static route => route.Patterns.Select((pattern, i) => new RouteConfig
    {
        RouteId = i == 0 ? route.Name : $"{route.Name}-{i}",
        ClusterId = Cluster,
        Match = new RouteMatch { Path = pattern },
        Metadata = new Dictionary<string, string> { [GatewayRoute.MetadataKey] = route.Name },
    }))];

    /// <summary>The cluster.</summary>
    internal static ClusterConfig ClusterOf(GatewayOptions options) => new()
    {
        ClusterId = Cluster,
        LoadBalancingPolicy = LoadBalancingPolicies.LeastRequests,
        Destinations = options.ModelServers.ToDictionary(static s => s.Authority + s.AbsolutePath.TrimEnd('/'), static s => new DestinationConfig { Address = s.AbsoluteUri }),
        HealthCheck = new HealthCheckConfig
        {
            // With none healthy all are tried: a probe may be wrong, and a refusal without a try helps nobody.
            AvailableDestinationsPolicy = "HealthyOrPanic",
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Interval = options.ProbeInterval,
                Timeout = options.ProbeInterval < LongestProbe ? options.ProbeInterval : LongestProbe,
                Policy = ProbePolicy.PolicyName,
                Path = ReadyPath,
            },
            Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = TryPolicy.PolicyName, ReactivationPeriod = Reactivation },
        },
        HttpRequest = new ForwarderRequestConfig
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,

            // The tries have deadlines of their own, which are shorter.
            ActivityTimeout = options.RequestTimeout + options.TryTimeout,
        },
    };
}
