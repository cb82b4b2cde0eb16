using Microsoft.AspNetCore.Http;
using Skiff.ServiceDefaults;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Skiff.Gateway;

/// <summary>
/// Asks one model server once, and takes its answer whole. YARP's own forwarder streams, and so passes on the first half of an answer that breaks off; a
/// request that is held in memory also goes out in one packet, head and body.
/// </summary>
internal sealed class ServerClient(GatewayOptions options, ModelApiKey modelKey, TimeProvider time)
{
    /// <summary>Asks. How it ended is in <see cref="GatewayCall.Try"/>.</summary>
    internal async Task AskAsync(HttpContext context, GatewayCall call, HttpMessageInvoker client, DestinationState destination)
    {
        var server = ModelServer.Of(destination);
        var caller = context.RequestAborted;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(caller, server.Silent);
        deadline.CancelAfter(TimeLeft(call));
        server.Enter();
        var isSent = false;
        try
        {
            using var request = Address(context, call, destination.Model.Config.Address, destination.Model.Config.Host);
            using var response = await client.SendAsync(request, deadline.Token).ConfigureAwait(false);
            isSent = true;
            await TakeAsync(context, call, response, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            EndCanceled(call.Try, e, caller, deadline.Token);
        }
        catch (HttpRequestException e)
        {
            call.Try.End(Outcome(e.HttpRequestError), e.InnerException?.Message ?? e.Message);
        }
        catch (IOException e)
        {
            call.Try.End(Outcome((e as HttpIOException)?.HttpRequestError), e.Message);
        }
        finally
        {
            server.Exit();

            // A connection that is cut off may have a last look at the body, which must not be another caller's by then.
            if (!isSent)
            {
                call.Body.Abandon();
            }
        }
    }

    private HttpRequestMessage Address(HttpContext context, GatewayCall call, string server, string? host)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Parse(context.Request.Method), RequestUtilities.MakeDestinationAddress(server, call.Route.ServerPath ?? context.Request.Path, context.Request.QueryString));
        if (call.Body.Length > 0 || HttpMethods.IsPost(context.Request.Method))
        {
            request.Content = new ReadOnlyMemoryContent(call.Body.WrittenMemory);
        }

        ForwardedHeaders.CopyToServer(context.Request, request);
        request.Headers.Host = host;
        if (call.Route.Envelope is not null)
        {
            // What becomes part of the gateway's own answer must be readable.
            request.Headers.Remove("Accept-Encoding");
        }

        // The caller's key ends here; the request's id goes on.
        request.Headers.TryAddWithoutValidation(RequestIds.HeaderName, context.TraceIdentifier);
        if (modelKey.Current is { } key)
        {
            request.Headers.TryAddWithoutValidation(ApiKeys.HeaderName, key);
        }

        return request;
    }

    private async Task TakeAsync(HttpContext context, GatewayCall call, HttpResponseMessage response, CancellationToken cancellation)
    {
        var attempt = call.Try;
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        while (await stream.ReadAsync(attempt.Body.Free(), cancellation).ConfigureAwait(false) is var count and > 0)
        {
            attempt.Body.Advance(count);
            if (attempt.Body.Length > options.MaxAnswerBytes)
            {
                attempt.End(TryOutcome.BadAnswer, $"its answer is larger than {options.MaxAnswerBytes} bytes; --max-answer-bytes (SKIFF_MAX_ANSWER_BYTES) sets the limit");
                return;
            }
        }

        attempt.Take(response, isWrapped: call.Route.Envelope is not null);
        if (call.Route.Envelope is null && attempt.Outcome is TryOutcome.Answered or TryOutcome.Unavailable)
        {
            context.Response.StatusCode = attempt.Status;
            ForwardedHeaders.CopyToCaller(response, context.Response);
        }
    }

    private TimeSpan TimeLeft(GatewayCall call)
    {
        var left = options.RequestTimeout - time.GetElapsedTime(call.Start);
        return left <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : left < options.TryTimeout ? left : options.TryTimeout;
    }

    private static void EndCanceled(ServerTry attempt, OperationCanceledException exception, CancellationToken caller, CancellationToken deadline)
    {
        if (caller.IsCancellationRequested)
        {
            attempt.End(TryOutcome.CallerGone, "the caller has gone");
        }
        else if (deadline.IsCancellationRequested)
        {
            attempt.End(TryOutcome.TimedOut, "no answer in time");
        }
        else
        {
            attempt.End(TryOutcome.Unreachable, exception.InnerException?.Message ?? "no connection in time");
        }
    }

    private static TryOutcome Outcome(HttpRequestError? error) => error switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError => TryOutcome.Unreachable,
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => TryOutcome.BadAnswer,
        _ => TryOutcome.BrokenOff,
    };
}
