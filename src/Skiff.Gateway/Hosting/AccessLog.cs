using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>The line that each request has where the access log is on: the fields of <see cref="RequestLog"/>, and who asked, who answered, after how many tries.</summary>
internal static partial class AccessLog
{
    internal static void Done(ILogger logger, HttpContext context, TimeSpan duration)
    {
        if (context.Features.Get<GatewayCall>() is not { } call)
        {
            RequestLog.Done(logger, context, duration);
            return;
        }

        var (method, path, status) = (context.Request.Method, context.Request.Path.Value, context.Response.StatusCode);
        Done(logger, method, path, status, Math.Round(duration.TotalMilliseconds, 3), call.Key, call.Server, call.Tries, context.TraceIdentifier);
    }

    [LoggerMessage(EventIds.RequestForwarded, LogLevel.Information, "{Method} {Path} {Status} in {DurationMs} ms for {Key} by {Server} at try {Tries} ({RequestId})")]
    private static partial void Done(
        ILogger logger, string method, string? path, int status, double durationMs, string key, string? server, int tries, string requestId);
}
