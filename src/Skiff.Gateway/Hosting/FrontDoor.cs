using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>
/// The first to see a request: settles its id, answers what is the gateway's own business (health, metrics, unknown paths), and lets in who has a key.
/// </summary>
internal sealed class FrontDoor(
    RequestDelegate next,
    HealthPages health,
    ApiKeys keys,
    GatewayMetrics metrics,
    GatewayOptions options,
    BufferBudget budget,
    RequestObserver observer,
    TimeProvider time,
    ILogger<FrontDoor> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        RequestIds.Assign(context);
        var observation = observer.Begin(context);
        try
        {
            await AnswerAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered; this is for log and metrics.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            metrics.Failure("bad_request").Increment();
            await JsonAnswer.WriteErrorAsync(context, e.StatusCode, e.Message).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is OverflowException && !context.Response.HasStarted)
        {
            // A chunk whose size is beyond all numbers, which Kestrel does not call a bad request.
            metrics.Failure("bad_request").Increment();
            await JsonAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, e.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await FailAsync(context, observer.Elapsed(observation), e).ConfigureAwait(false);
        }

        Count(context, observation.Activity);
        observer.End(context, observation);
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (IsForMetrics(context))
        {
            return context.Request.Path == "/metrics"
                ? JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, MetricRegistry.ContentType, metrics.Registry.Render())
                : RefusePath(context);
        }

        if (health.TryAnswer(context) is { } answered)
        {
            return answered;
        }

        if (keys.Check(context.Request.Headers, out var key) is var outcome and not ApiKeyOutcome.Accepted)
        {
            return RefuseKey(context, outcome);
        }

        if (GatewayRoute.Find(context.Request.Path) is not { } route)
        {
            return RefusePath(context);
        }

        if (route.Method is { } method && !string.Equals(context.Request.Method, method, StringComparison.Ordinal))
        {
            metrics.Failure("method").Increment();
            context.Response.Headers.Allow = method;
            return JsonAnswer.WriteErrorAsync(context, StatusCodes.Status405MethodNotAllowed, $"{context.Request.Path} takes {method}");
        }

        return ForwardAsync(context, new GatewayCall(route, key!, time.GetTimestamp(), budget));
    }

    private async Task ForwardAsync(HttpContext context, GatewayCall call)
    {
        using (call)
        {
            context.Features.Set(call);
            await next(context).ConfigureAwait(false);
        }
    }

    private void Count(HttpContext context, Activity? activity)
    {
        if (context.Features.Get<GatewayCall>() is not { } call)
        {
            return;
        }

        metrics.Answered(call.Route, call.Key, context.Response.StatusCode, time.GetElapsedTime(call.Start));
        if (activity?.IsAllDataRequested == true)
        {
            activity.SetTag("skiff.key", call.Key);
            activity.SetTag("skiff.server", call.Server);
            activity.SetTag("skiff.tries", call.Tries);
        }
    }

    private bool IsForMetrics(HttpContext context) => options.MetricsPort > 0 && context.Connection.LocalPort == options.MetricsPort;

    private Task RefusePath(HttpContext context)
    {
        metrics.Failure("path").Increment();
        return JsonAnswer.WriteErrorAsync(
            context,
            StatusCodes.Status404NotFound,
            $"There is nothing at {context.Request.Path}; there are /predict, /admin/models, /admin/models/latest, /v1, /v2 and /health");
    }

    private Task RefuseKey(HttpContext context, ApiKeyOutcome outcome)
    {
        var status = ApiKeys.Status(outcome);
        metrics.Failure(outcome == ApiKeyOutcome.NoneConfigured ? "no_keys" : "key").Increment();
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "ApiKey";
        }

        return JsonAnswer.WriteErrorAsync(context, status, keys.Explain(outcome));
    }

    private Task FailAsync(HttpContext context, TimeSpan duration, Exception exception)
    {
        RequestLog.Failed(logger, context, StatusCodes.Status500InternalServerError, duration, subject: null, exception);
        context.Response.Clear();
        context.Response.Headers[RequestIds.HeaderName] = context.TraceIdentifier;
        metrics.Failure("internal").Increment();
        return JsonAnswer.WriteErrorAsync(
            context, StatusCodes.Status500InternalServerError, $"the gateway failed; its log says more under the request id {context.TraceIdentifier}");
    }
}
