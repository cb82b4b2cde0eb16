using System.Text;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Skiff.Gateway;

/// <summary>Makes the client that asks model servers, for requests and for probes.</summary>
internal sealed class ModelServerClients(GatewayOptions options, ILogger<ForwarderHttpClientFactory> logger) : ForwarderHttpClientFactory(logger)
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = options.TryTimeout < LongestConnect ? options.TryTimeout : LongestConnect;

        // As Kestrel has read them.
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;
    }

    /// <inheritdoc/>
    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        options.Telemetry.ExportsTraces ? new UntracedProbes(handler) : handler;
}
