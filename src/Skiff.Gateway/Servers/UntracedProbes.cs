using System.Diagnostics;

namespace Skiff.Gateway;

/// <summary>
/// Keeps probes out of traces: each would be one of its own, every second, for every model server. What is asked for a caller is a part of the caller's
/// trace; what is part of none is a probe, and says to the model server too that it is not recorded.
/// </summary>
internal sealed class UntracedProbes(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Activity.Current is null ? ProbeAsync(request, cancellationToken) : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> ProbeAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var unrecorded = new Activity("skiff.probe").SetIdFormat(ActivityIdFormat.W3C).Start();
        return await base.SendAsync(request, cancellation).ConfigureAwait(false);
    }
}
