using Microsoft.AspNetCore.Http;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary><c>/health</c> and the probes. Each has one meaning: docs/http-api.md says which.</summary>
internal sealed class HealthPages(ModelCache cache, Drain drain)
{
    /// <summary>Why requests should not be sent here; null where they should.</summary>
    internal string? WhyNotReady() => drain.IsDraining ? "the server is stopping" : cache.WhyNotReady();

    /// <summary><c>GET /health</c>: the process lives.</summary>
    internal static Task HealthAsync(HttpContext context) => WriteAsync(context, "model API running");

    /// <summary><c>GET /health/live</c>: the process lives.</summary>
    internal static Task LiveAsync(HttpContext context) => WriteAsync(context, "live");

    /// <summary><c>GET /health/ready</c>: every model can answer, and the server is not stopping.</summary>
    internal Task ReadyAsync(HttpContext context) => WhyNotReady() is { } reason
        ? Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, reason, retryAfterSeconds: 1)
        : WriteAsync(context, cache.IsAway ? $"ready with what is in memory: there is no model in {cache.Place} any more" : "ready");

    /// <summary><c>GET /health/startup</c>: the server has been ready once.</summary>
    internal Task StartupAsync(HttpContext context) => cache.HasBeenReady
        ? WriteAsync(context, "started")
        : Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, cache.WhyNotReady() ?? "starting", retryAfterSeconds: 1);

    private static Task WriteAsync(HttpContext context, string detail) =>
        JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, (detail, id: context.TraceIdentifier), static (json, state) =>
        {
            json.WriteStartObject();
            json.WriteString("status"u8, "ok"u8);
            json.WriteString("detail"u8, state.detail);
            json.WriteString("requestId"u8, state.id);
            json.WriteEndObject();
        });
}
