using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Skiff.Gateway;

/// <summary>What the caller gets after the last try.</summary>
internal sealed class Answers(GatewayOptions options, GatewayMetrics metrics)
{
    internal Task WriteAsync(HttpContext context, GatewayCall call)
    {
        var attempt = call.Try;
        if (attempt.Outcome is TryOutcome.Answered or TryOutcome.Unavailable)
        {
            return PassOnAsync(context, call);
        }

        metrics.Failure(attempt.Outcome.Label()).Increment();
        context.Response.Clear();
        context.Response.Headers[ServiceDefaults.RequestIds.HeaderName] = context.TraceIdentifier;
        return attempt.Outcome switch
        {
            TryOutcome.TimedOut => JsonAnswer.WriteErrorAsync(
                context, StatusCodes.Status504GatewayTimeout, $"no model server answered in time: {Limits()}"),
            TryOutcome.NoServer => JsonAnswer.WriteErrorAsync(
                context, StatusCodes.Status503ServiceUnavailable, "no model server is known yet", retryAfterSeconds: 1),
            TryOutcome.BadAnswer => JsonAnswer.WriteErrorAsync(
                context, StatusCodes.Status502BadGateway, $"what the model server answered is not an answer of a model server: {attempt.Problem}"),
            TryOutcome.BrokenOff => JsonAnswer.WriteErrorAsync(
                context, StatusCodes.Status502BadGateway, "the model server broke off its answer; the gateway's log says more under the request id"),
            _ => JsonAnswer.WriteErrorAsync(
                context, StatusCodes.Status502BadGateway, "no model server can be reached; the gateway's log says more under the request id"),
        };
    }

    private Task PassOnAsync(HttpContext context, GatewayCall call)
    {
        var attempt = call.Try;
        context.Response.Headers[ServiceDefaults.RequestIds.HeaderName] = context.TraceIdentifier;
        if (attempt.Outcome == TryOutcome.Unavailable || attempt.Status >= StatusCodes.Status500InternalServerError)
        {
            metrics.Failure(attempt.Outcome == TryOutcome.Unavailable ? "unavailable" : "server_error").Increment();
        }

        if (call.Route.Envelope is not { } name)
        {
            JsonAnswer.WriteBody(context, attempt.Body.Written);
            return Task.CompletedTask;
        }

        if (attempt.Status < 300)
        {
            JsonAnswer.WriteEnvelope(context, name, attempt.Body.Written);
            return Task.CompletedTask;
        }

        if (attempt.RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = attempt.RetryAfter;
        }

        return JsonAnswer.WriteBadGatewayAsync(context, attempt);
    }

    private string Limits() => string.Create(
        CultureInfo.InvariantCulture,
        $"one may take {options.TryTimeout.TotalSeconds} s (--try-timeout, SKIFF_TRY_TIMEOUT), all together {options.RequestTimeout.TotalSeconds} s (--request-timeout, SKIFF_REQUEST_TIMEOUT)");
}
