using System.Globalization;
using Microsoft.AspNetCore.Http;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>
/// Finds who answers a request. Written by hand: there are few paths, the one that matters is one comparison away, and the same table decides 404, 405 and
/// <c>Allow</c> wherever the server is hosted.
/// </summary>
/// <param name="parts">Who can answer.</param>
/// <param name="keys">Who may ask; null for everybody.</param>
internal sealed class Dispatcher(DispatcherParts parts, ApiKeys? keys = null)
{
    private const string Get = "GET, HEAD";
    private const string Post = "POST";

    /// <summary>Answers a request.</summary>
    internal Task InvokeAsync(HttpContext context)
    {
        RequestIds.Assign(context);
        var observation = parts.Observer.Begin(context);
        try
        {
            var task = Route(context);
            if (task.IsCompletedSuccessfully)
            {
                parts.Observer.End(context, observation);
                return Task.CompletedTask;
            }

            return FinishAsync(context, task, observation);
        }
        catch (Exception e)
        {
            return FinishAsync(context, Task.FromException(e), observation);
        }
    }

    private Task Route(HttpContext context)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        if (keys is not null && !IsHealth(path) && keys.Check(context.Request.Headers, out _) is var outcome and not ApiKeyOutcome.Accepted)
        {
            return RefuseKey(context, path, outcome);
        }

        if (path == parts.PredictPath)
        {
            return HttpMethods.IsPost(context.Request.Method) ? parts.Predict.InvokeAsync(context) : RefuseMethod(context, Post);
        }

        return path.StartsWith(parts.Prefix, StringComparison.Ordinal) ? RouteOther(context, path[parts.Prefix.Length..]) : RefusePath(context);
    }

    private Task RouteOther(HttpContext context, string path)
    {
        if (path.Length > 1 && path[^1] == '/')
        {
            path = path[..^1];
        }

        return path switch
        {
            "/predict" => HttpMethods.IsPost(context.Request.Method) ? parts.Predict.InvokeAsync(context) : RefuseMethod(context, Post),
            "/health" => AsGet(context, HealthPages.HealthAsync),
            "/health/live" => AsGet(context, HealthPages.LiveAsync),
            "/health/ready" => AsGet(context, parts.Health.ReadyAsync),
            "/health/startup" => AsGet(context, parts.Health.StartupAsync),
            "/models" => AsGet(context, parts.Models.ListAsync),
            "/models/latest" => AsGet(context, parts.Models.LatestAsync),
            "/metrics" => AsGet(context, parts.MetricsAsync),
            "/openapi.json" => AsGet(context, DocPages.OpenApiAsync),
            "/docs" => AsGet(context, DocPages.DocsAsync),
            _ => RouteByPrefix(context, path),
        };
    }

    private Task RouteByPrefix(HttpContext context, string path)
    {
        const string Models = "/models/";
        if (path.StartsWith(Models, StringComparison.Ordinal) && path.Length > Models.Length)
        {
            return IsGet(context.Request) ? parts.Models.VersionAsync(context, path[Models.Length..]) : RefuseMethod(context, Get);
        }

        if (path == "/v2" || path.StartsWith("/v2/", StringComparison.Ordinal))
        {
            return parts.V2.RouteAsync(context, path);
        }

        return path.StartsWith("/v1/", StringComparison.Ordinal) ? parts.V1.RouteAsync(context, path) : RefusePath(context);
    }

    private Task AsGet(HttpContext context, Func<HttpContext, Task> page) => IsGet(context.Request) ? page(context) : RefuseMethod(context, Get);

    private static bool IsGet(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private Task RefuseMethod(HttpContext context, string allowed)
    {
        parts.Metrics.Unrouted.With("405").Increment();
        context.Response.Headers.Allow = allowed;
        return Problems.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, $"{context.Request.Path} takes {allowed}");
    }

    private Task RefusePath(HttpContext context)
    {
        parts.Metrics.Unrouted.With("404").Increment();
        return Problems.WriteAsync(context, StatusCodes.Status404NotFound, $"There is nothing at {context.Request.Path}; {parts.Prefix}/docs shows what there is");
    }

    private bool IsHealth(string path)
    {
        if (!path.StartsWith(parts.Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var own = path.AsSpan(parts.Prefix.Length);
        return own is "/health" || own.StartsWith("/health/") || own.StartsWith("/v2/health/");
    }

    private Task RefuseKey(HttpContext context, string path, ApiKeyOutcome outcome)
    {
        var status = ApiKeys.Status(outcome);
        parts.Metrics.Unrouted.With(status.ToString(CultureInfo.InvariantCulture)).Increment();
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "ApiKey";
        }

        var own = path.StartsWith(parts.Prefix, StringComparison.Ordinal) ? path[parts.Prefix.Length..] : path;
        return own.StartsWith("/v1/", StringComparison.Ordinal) || own.StartsWith("/v2", StringComparison.Ordinal)
            ? JsonAnswer.WriteErrorAsync(context, status, keys!.Explain(outcome))
            : Problems.WriteAsync(context, status, keys!.Explain(outcome));
    }

    private async Task FinishAsync(HttpContext context, Task task, RequestObservation observation)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Problems.WriteAsync(context, e.StatusCode, e.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await FailAsync(context, e, observation).ConfigureAwait(false);
        }

        parts.Observer.End(context, observation);
    }

    private Task FailAsync(HttpContext context, Exception exception, RequestObservation observation)
    {
        var isForMemory = exception is OutOfMemoryException;
        var status = isForMemory ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        RequestLog.Failed(parts.Logger, context, status, parts.Observer.Elapsed(observation), context.Features.Get<RequestSubject>(), exception);
        context.Response.Clear();
        context.Response.Headers[RequestIds.HeaderName] = context.TraceIdentifier;
        return isForMemory
            ? Problems.WriteAsync(context, status, "the server has not enough memory for this request now; send it again later", retryAfterSeconds: 1)
            : Problems.WriteAsync(context, status, $"the server failed; its log says more under the request id {context.TraceIdentifier}");
    }
}
