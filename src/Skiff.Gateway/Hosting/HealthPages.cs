using Microsoft.AspNetCore.Http;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary><c>/health</c> and the probes: open to everybody, and answered by the gateway alone.</summary>
internal sealed class HealthPages(ServerPool servers, Drain drain)
{
    private volatile bool _hasBeenReady;

    /// <summary>Answers a page.</summary>
    /// <returns>Null where the path is none of these.</returns>
    internal Task? TryAnswer(HttpContext context)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        if (!path.StartsWith("/health", StringComparison.Ordinal))
        {
            return null;
        }

        return path.TrimEnd('/') switch
        {
            "/health" => Get(context, "gateway running"),
            "/health/live" => Get(context, "live"),
            "/health/ready" => Get(context, "ready", WhyNotReady()),
            "/health/startup" => Get(context, "started", IsStarted() ? null : WhyNotReady()),
            _ => null,
        };
    }

    private static Task Get(HttpContext context, string detail, string? problem = null)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return Problems.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, $"{context.Request.Path} takes GET, HEAD");
        }

        return problem is null
            ? JsonAnswer.WriteHealthAsync(context, detail)
            : Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, problem, retryAfterSeconds: 1);
    }

    private bool IsStarted()
    {
        _hasBeenReady |= HasServer();
        return _hasBeenReady;
    }

    private string? WhyNotReady() => drain.IsDraining ? "the gateway is stopping" : HasServer() ? null : "no model server is ready";

    private bool HasServer() => servers.All.Any(ServerPool.IsReady);
}
