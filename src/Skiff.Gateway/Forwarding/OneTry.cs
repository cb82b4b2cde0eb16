using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Skiff.Gateway;

/// <summary>Stands between YARP's load balancing and its forwarder: gives the one try a deadline and its body, and says how it ended.</summary>
internal sealed class OneTry(RequestDelegate next, GatewayOptions options, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        var chosen = context.GetReverseProxyFeature().AvailableDestinations;
        if (chosen.Count == 0)
        {
            call.Try.End(TryOutcome.NoServer, "no model server is known");
            return;
        }

        var caller = context.RequestAborted;
        call.Server = chosen[0].DestinationId;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(caller, ModelServer.Of(chosen[0]).Silent);
        deadline.CancelAfter(TimeLeft(call));
        context.RequestAborted = deadline.Token;
        context.Request.Body = call.Body.OpenRead();
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            context.RequestAborted = caller;
        }

        if (context.Features.Get<IForwarderErrorFeature>() is { } error)
        {
            Explain(call.Try, error, caller, deadline.Token);
        }
    }

    private TimeSpan TimeLeft(GatewayCall call)
    {
        var left = options.RequestTimeout - time.GetElapsedTime(call.Start);
        return left <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : left < options.TryTimeout ? left : options.TryTimeout;
    }

    private static void Explain(ServerTry attempt, IForwarderErrorFeature error, CancellationToken caller, CancellationToken deadline)
    {
        if (caller.IsCancellationRequested)
        {
            attempt.End(TryOutcome.CallerGone, "the caller has gone");
        }
        else if (deadline.IsCancellationRequested)
        {
            attempt.End(TryOutcome.TimedOut, "no answer in time");
        }
        else if (attempt.Outcome != TryOutcome.BadAnswer)
        {
            var kind = (error.Exception as HttpRequestException)?.HttpRequestError;
            attempt.End(
                kind switch
                {
                    HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError => TryOutcome.Unreachable,
                    HttpRequestError.InvalidResponse => TryOutcome.BadAnswer,
                    _ => TryOutcome.BrokenOff,
                },
                error.Exception?.Message ?? error.Error.ToString());
        }
    }
}
