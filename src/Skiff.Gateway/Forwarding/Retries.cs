using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Skiff.ServiceDefaults;
using Yarp.ReverseProxy.Model;

namespace Skiff.Gateway;

/// <summary>Asks model servers until one has answered: another one each time, as long as the deadline and the budget of retries allow.</summary>
internal sealed partial class Retries(
    ServerPool servers, ServerClient client, RetryBudget budget, GatewayMetrics metrics, GatewayOptions options, TimeProvider time, ILogger<Retries> logger)
{
    private const int MostTries = 4;

    /// <summary>Asks. How the last try ended is in <see cref="GatewayCall.Try"/>.</summary>
    internal async Task AskAsync(HttpContext context, GatewayCall call)
    {
        List<DestinationState>? asked = null;
        var next = servers.Choose(asked);
        budget.Add();
        while (next is not null && servers.Client is { } invoker)
        {
            var server = next;
            call.Try.Begin();
            call.Tries++;
            call.Server = server.DestinationId;
            await client.AskAsync(context, call, invoker, server).ConfigureAwait(false);
            var outcome = call.Try.Outcome;
            metrics.Try(server, outcome).Increment();
            if (outcome is TryOutcome.Answered or TryOutcome.CallerGone)
            {
                return;
            }

            Log.Failed(logger, call.Server, call.Tries, call.Try.Problem, context.TraceIdentifier);
            if (outcome is TryOutcome.Unreachable or TryOutcome.BrokenOff)
            {
                servers.LetRest(server);
            }

            (asked ??= []).Add(server);
            next = MayRepeat(context, call) ? servers.Choose(asked) ?? Same(asked, outcome) : null;
            if (next is null || !budget.TryTake())
            {
                return;
            }

            metrics.Retry(outcome).Increment();
            context.Response.Clear();
            context.Response.Headers[RequestIds.HeaderName] = context.TraceIdentifier;
        }
    }

    private bool MayRepeat(HttpContext context, GatewayCall call) =>
        call.Tries < MostTries && time.GetElapsedTime(call.Start) < options.RequestTimeout && GatewayRoute.IsRepeatable(context.Request);

    // A server that is the only one is asked a second time where the connection, not the server, may have been to blame.
    private static DestinationState? Same(List<DestinationState> asked, TryOutcome outcome) =>
        asked.Count == 1 && outcome is TryOutcome.BrokenOff or TryOutcome.Unreachable ? asked[0] : null;

    private static partial class Log
    {
        [LoggerMessage(EventIds.TryFailed, LogLevel.Warning, "Model server {Server} failed at try {Try}: {Problem} ({RequestId})")]
        internal static partial void Failed(ILogger logger, string server, int @try, string? problem, string requestId);
    }
}
