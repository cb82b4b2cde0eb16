using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

/// <summary>
/// The lines that the log has about a request, with the same fields in every program: <c>requestId</c>, <c>method</c>, <c>path</c>, <c>status</c>,
/// <c>durationMs</c>, and <c>model</c> and <c>version</c> where a model answered. The query is left out: callers put secrets there.
/// </summary>
public static partial class RequestLog
{
    /// <summary>The category of the lines that each request has where the access log is on.</summary>
    public const string Category = "Skiff.Access";

    /// <summary>Says that a request has its answer.</summary>
    /// <param name="logger">The log.</param>
    /// <param name="context">The request, answered.</param>
    /// <param name="duration">How long it took.</param>
    public static void Done(ILogger logger, HttpContext context, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (method, path, status, id) = (context.Request.Method, context.Request.Path.Value, context.Response.StatusCode, context.TraceIdentifier);
        if (context.Features.Get<RequestSubject>() is { } subject)
        {
            Answered(logger, method, path, status, Milliseconds(duration), subject.Model, subject.Version, id);
        }
        else
        {
            Done(logger, method, path, status, Milliseconds(duration), id);
        }
    }

    /// <summary>Says that a request failed by a fault of ours.</summary>
    /// <param name="logger">The log.</param>
    /// <param name="context">The request.</param>
    /// <param name="status">The status that the caller gets.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="subject">What it was about, where that is known.</param>
    /// <param name="exception">What went wrong.</param>
    public static void Failed(ILogger logger, HttpContext context, int status, TimeSpan duration, RequestSubject? subject, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (method, path, id) = (context.Request.Method, context.Request.Path.Value, context.TraceIdentifier);
        if (subject is not null)
        {
            AnswerFailed(logger, method, path, status, Milliseconds(duration), subject.Model, subject.Version, id, exception);
        }
        else
        {
            Failed(logger, method, path, status, Milliseconds(duration), id, exception);
        }
    }

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);

    [LoggerMessage(EventIds.RequestDone, LogLevel.Information, "{Method} {Path} {Status} in {DurationMs} ms ({RequestId})")]
    private static partial void Done(ILogger logger, string method, string? path, int status, double durationMs, string requestId);

    [LoggerMessage(EventIds.RequestAnswered, LogLevel.Information, "{Method} {Path} {Status} in {DurationMs} ms by {Model} {Version} ({RequestId})")]
    private static partial void Answered(
        ILogger logger, string method, string? path, int status, double durationMs, string model, string version, string requestId);

    [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "{Method} {Path} failed with {Status} after {DurationMs} ms ({RequestId})")]
    private static partial void Failed(ILogger logger, string method, string? path, int status, double durationMs, string requestId, Exception exception);

    [LoggerMessage(EventIds.AnswerFailed, LogLevel.Error, "{Method} {Path} failed with {Status} after {DurationMs} ms in {Model} {Version} ({RequestId})")]
    private static partial void AnswerFailed(
        ILogger logger, string method, string? path, int status, double durationMs, string model, string version, string requestId, Exception exception);
}
