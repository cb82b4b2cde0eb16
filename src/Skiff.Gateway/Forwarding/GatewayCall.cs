using Microsoft.AspNetCore.Http;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>One request on its way through the gateway.</summary>
/// <param name="route">Where it goes.</param>
/// <param name="key">The name of its API key.</param>
/// <param name="start">When it came.</param>
/// <param name="budget">What its body and its answer may take.</param>
internal sealed class GatewayCall(GatewayRoute route, string key, long start, BufferBudget budget) : IDisposable
{
    internal GatewayRoute Route => route;

    internal string Key => key;

    internal long Start => start;

    /// <summary>Its body, kept until it is answered, so that it can be sent twice.</summary>
    internal PooledBytes Body { get; } = new(budget);

    /// <summary>The model server that is asked, or was last.</summary>
    internal ServerTry Try { get; } = new(budget);

    /// <summary>How many model servers were asked.</summary>
    internal int Tries { get; set; }

    /// <summary>The id of the model server that was asked last.</summary>
    internal string? Server { get; set; }

    /// <summary>The call of a request.</summary>
    internal static GatewayCall Of(HttpContext context) =>
        context.Features.Get<GatewayCall>() ?? throw new InvalidOperationException("The request has not come by the gateway's front door.");

    /// <inheritdoc/>
    public void Dispose()
    {
        Body.Dispose();
        Try.Dispose();
    }
}
