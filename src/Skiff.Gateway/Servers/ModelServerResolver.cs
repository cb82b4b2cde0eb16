using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Skiff.Gateway;

/// <summary>
/// Makes one model server of every address that a name has, and looks again and again. A name that cannot be looked up keeps the addresses it had, and
/// is itself the address where it never had any, so that a gateway which starts before its model servers finds them once they are there.
/// </summary>
/// <param name="options">How often to look.</param>
/// <param name="logger">Is told what names stand for.</param>
/// <param name="lookUp">Looks a name up; null for the system's way.</param>
internal sealed partial class ModelServerResolver(
    GatewayOptions options, ILogger<ModelServerResolver> logger, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null) : IDestinationResolver
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp = lookUp ?? Dns.GetHostAddressesAsync;
    private readonly ConcurrentDictionary<string, IPAddress[]> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<string, DestinationConfig>(StringComparer.OrdinalIgnoreCase);
        var isNamed = false;
        foreach (var (id, config) in destinations)
        {
            var uri = new Uri(config.Address);
            if (uri.HostNameType != UriHostNameType.Dns || uri.IsLoopback)
            {
                resolved[id] = config;
                continue;
            }

            isNamed = true;
            var addresses = await LookUpAsync(uri.DnsSafeHost, cancellationToken).ConfigureAwait(false);
            if (addresses.Length == 0)
            {
                resolved[id] = config;
            }

            foreach (var address in addresses)
            {
                resolved[$"{id}[{address}]"] = config with
                {
                    Address = new UriBuilder(uri) { Host = address.ToString() }.Uri.AbsoluteUri,
                    Host = uri.Authority,
                };
            }
        }

        return new ResolvedDestinationCollection(
            resolved, isNamed ? new CancellationChangeToken(new CancellationTokenSource(options.DnsInterval).Token) : null);
    }

    private async Task<IPAddress[]> LookUpAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var addresses = await _lookUp(name, cancellation).ConfigureAwait(false);
            Array.Sort(addresses, static (a, b) => a.GetAddressBytes().AsSpan().SequenceCompareTo(b.GetAddressBytes()));
            var before = _known.GetValueOrDefault(name, []);
            if (!addresses.AsSpan().SequenceEqual(before))
            {
                Log.Resolved(logger, name, string.Join(", ", addresses.AsEnumerable()));
            }

            _known[name] = addresses;
            return addresses;
        }
        catch (SocketException e)
        {
            var known = _known.GetValueOrDefault(name, []);
            Log.NotResolved(logger, name, e.Message, known.Length);
            return known;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Resolved, LogLevel.Information, "{Name} is {Addresses}")]
        internal static partial void Resolved(ILogger logger, string name, string addresses);

        [LoggerMessage(EventIds.NotResolved, LogLevel.Warning, "{Name} cannot be looked up ({Problem}); {Known} addresses are known from before")]
        internal static partial void NotResolved(ILogger logger, string name, string problem, int known);
    }
}
