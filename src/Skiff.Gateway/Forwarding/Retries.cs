using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Skiff.ServiceDefaults;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Skiff.Gateway;

/// <summary>
/// Asks model servers until one has answered: another one each time, as long as the deadline and the budget of retries allow. It stands around YARP's
/// load balancing, health checks and forwarding, which it runs once for each try.
/// </summary>
internal sealed partial class Retries(
    RequestDelegate next, GatewayOptions options, RetryBudget budget, GatewayMetrics metrics, TimeProvider time, ILogger<Retries> logger)
{
    private const int MostTries = 4;

    public async Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        var feature = context.GetReverseProxyFeature();
        var asked = new List<DestinationState>(1);
        budget.Add();
        while (true)
        {
            call.Try.Begin();
            call.Tries++;
            await next(context).ConfigureAwait(false);
            if (feature.ProxiedDestination is { } destination)
            {
                asked.Add(destination);
                metrics.Try(destination.DestinationId, call.Try.Outcome).Increment();
            }

            if (call.Try.Outcome is TryOutcome.Answered or TryOutcome.CallerGone)
            {
                return;
            }

            Log.TryFailed(logger, call.Server, call.Try.Problem, call.Tries, context.TraceIdentifier);
            if (!MayRepeat(context, call) || Others(feature, asked, call.Try.Outcome) is not { Count: > 0 } others || !budget.TryTake())
            {
                return;
            }

            metrics.Retry(call.Try.Outcome).Increment();
            Reset(context, feature, others);
        }
    }

    private bool MayRepeat(HttpContext context, GatewayCall call) =>
        call.Tries < MostTries && time.GetElapsedTime(call.Start) < options.RequestTimeout && GatewayRoute.IsRepeatable(context.Request);

    /// <summary>Who can be asked next: those that are healthy, else those that are not.</summary>
    private static List<DestinationState> Others(IReverseProxyFeature feature, List<DestinationState> asked, TryOutcome outcome)
    {
        var others = feature.AllDestinations.Where(d => !asked.Contains(d)).ToList();
        var healthy = others.Where(static d => d.Health.Active != DestinationHealth.Unhealthy && d.Health.Passive != DestinationHealth.Unhealthy).ToList();

        // A server that is the only one is asked a second time where the connection, not the server, may have been to blame.
        return healthy.Count > 0 ? healthy
            : others.Count > 0 ? others
            : asked.Count == 1 && outcome is TryOutcome.BrokenOff or TryOutcome.Unreachable ? [asked[0]]
            : [];
    }

    private static void Reset(HttpContext context, IReverseProxyFeature feature, List<DestinationState> others)
    {
        feature.AvailableDestinations = others;
        feature.ProxiedDestination = null;
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.Clear();
        context.Response.Headers[RequestIds.HeaderName] = context.TraceIdentifier;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.TryFailed, LogLevel.Warning, "Model server {Server} failed at try {Try}: {Problem} ({RequestId})")]
        private static partial void TryFailed(ILogger logger, string? server, int @try, string? problem, string requestId);

        internal static void TryFailed(ILogger logger, string? server, string? problem, int tries, string requestId) =>
            TryFailed(logger, server, tries, problem, requestId);
    }
}
