using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

/// <summary>
/// Tells of each request what somebody wants to know: a span where an exporter listens to the source, otherwise only the caller's trace id for the log,
/// and a line of the log where it is on. With none of these it allocates nothing.
/// </summary>
public sealed class RequestObserver : IDisposable
{
    private readonly ActivitySource _source;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly Func<HttpContext, string?> _route;
    private readonly Action<ILogger, HttpContext, TimeSpan> _line;

    /// <summary>Makes an observer.</summary>
    /// <param name="source">The name of its <see cref="ActivitySource"/>, for listeners.</param>
    /// <param name="log">Where the line of a request goes, at the level of information.</param>
    /// <param name="time">The clock.</param>
    /// <param name="route">The pattern of a request's path, such as <c>/models/{version}</c>; null where there is none. Few, whatever callers send.</param>
    /// <param name="line">Writes the line; null for that of <see cref="RequestLog"/>.</param>
    public RequestObserver(
        string source, ILogger log, TimeProvider time, Func<HttpContext, string?> route, Action<ILogger, HttpContext, TimeSpan>? line = null)
    {
        _source = new ActivitySource(source);
        _log = log;
        _time = time;
        _route = route;
        _line = line ?? RequestLog.Done;
    }

    /// <summary>Begins to look at a request whose id is settled.</summary>
    /// <param name="context">The request.</param>
    /// <returns>What <see cref="End"/> is given.</returns>
    public RequestObservation Begin(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new RequestObservation(Start(context.Request), _time.GetTimestamp());
    }

    /// <summary>Says what a request is about, for its line and its span.</summary>
    public void Note(HttpContext context, RequestSubject subject)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Activity.Current is not null || _log.IsEnabled(LogLevel.Information))
        {
            context.Features.Set(subject);
        }
    }

    /// <summary>How long a request has taken so far.</summary>
    public TimeSpan Elapsed(in RequestObservation observation) => _time.GetElapsedTime(observation.Start);

    /// <summary>Writes the line of a request that has its answer, and ends its span.</summary>
    public void End(HttpContext context, in RequestObservation observation)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_log.IsEnabled(LogLevel.Information))
        {
            _line(_log, context, Elapsed(observation));
        }

        if (observation.Activity is not { } activity)
        {
            return;
        }

        // One that was made without a listener asks for all data too, and nobody reads it.
        if (activity.IsAllDataRequested && ReferenceEquals(activity.Source, _source))
        {
            Describe(activity, context);
        }

        activity.Stop();
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    // The names of https://opentelemetry.io/docs/specs/semconv/http/http-spans/.
    private void Describe(Activity activity, HttpContext context)
    {
        var request = context.Request;
        var status = context.Response.StatusCode;
        var method = KnownMethod(request.Method);
        activity.SetTag("http.request.method", method ?? "_OTHER");
        if (method is null)
        {
            activity.SetTag("http.request.method_original", request.Method);
        }

        var name = method ?? "HTTP";
        if (_route(context) is { } route)
        {
            name = $"{name} {route}";
            activity.SetTag("http.route", route);
        }

        activity.DisplayName = name;
        activity.SetTag("url.scheme", request.Scheme);
        activity.SetTag("url.path", (request.PathBase + request.Path).Value);
        activity.SetTag("http.response.status_code", status);
        activity.SetTag("skiff.request_id", context.TraceIdentifier);
        if (context.Features.Get<RequestSubject>() is { } subject)
        {
            activity.SetTag("skiff.model", subject.Model);
            activity.SetTag("skiff.model.version", subject.Version);
        }

        // A caller's mistake is no error of the server's.
        if (status >= StatusCodes.Status500InternalServerError)
        {
            activity.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static string? KnownMethod(string method) =>
        method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "CONNECT" or "OPTIONS" or "TRACE" or "PATCH" ? method : null;

    private Activity? Start(HttpRequest request)
    {
        // A host that traces has taken the caller's context over already; ours is then a part of its span.
        var isOutermost = Activity.Current is null;
        var parent = default(ActivityContext);
        var isGiven = isOutermost
            && request.Headers.TraceParent is { Count: 1 } given
            && ActivityContext.TryParse(given[0], request.Headers.TraceState, isRemote: true, out parent);
        var activity = _source.HasListeners()
            ? _source.StartActivity(request.Method, isOutermost ? ActivityKind.Server : ActivityKind.Internal, parent)
            : null;
        return activity ?? (isGiven ? Carry(request) : null);
    }

    // Nobody records it; it carries the caller's trace id into the log, and on to whoever is asked in turn.
    private static Activity Carry(HttpRequest request)
    {
        var activity = new Activity("skiff.request").SetParentId(request.Headers.TraceParent[0]!);
        activity.TraceStateString = request.Headers.TraceState;
        return activity.Start();
    }
}
