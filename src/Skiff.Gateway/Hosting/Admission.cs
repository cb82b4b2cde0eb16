using System.Globalization;
using Microsoft.AspNetCore.Http;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>Lets a bounded number of requests in at the same time, reads their bodies, and answers them once the model servers were asked.</summary>
internal sealed class Admission(ConcurrencyGate gate, Retries servers, Answers answers, GatewayMetrics metrics, GatewayOptions options)
{
    /// <summary>What a caller with too large a body is told.</summary>
    internal static string TooLarge(GatewayOptions options) => string.Create(
        CultureInfo.InvariantCulture, $"the body is larger than {options.MaxBodyBytes} bytes; --max-body-bytes (SKIFF_MAX_BODY_BYTES) sets the limit");

    public async Task InvokeAsync(HttpContext context)
    {
        if (!gate.TryEnter() && await gate.EnterAsync(context.RequestAborted).ConfigureAwait(false) is var outcome and not GateOutcome.Entered)
        {
            if (outcome == GateOutcome.Full)
            {
                metrics.Failure("queue_full").Increment();
                await JsonAnswer.WriteErrorAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    "too many requests wait already; --max-queue (SKIFF_MAX_QUEUE) sets the limit",
                    retryAfterSeconds: 1).ConfigureAwait(false);
            }

            return;
        }

        try
        {
            await ForwardAsync(context, GatewayCall.Of(context)).ConfigureAwait(false);
        }
        finally
        {
            gate.Exit();
        }
    }

    private async Task ForwardAsync(HttpContext context, GatewayCall call)
    {
        if (!await TryReadBodyAsync(context.Request, call.Body).ConfigureAwait(false))
        {
            metrics.Failure("too_large").Increment();
            await JsonAnswer.WriteErrorAsync(context, StatusCodes.Status413PayloadTooLarge, TooLarge(options)).ConfigureAwait(false);
            return;
        }

        await servers.AskAsync(context, call).ConfigureAwait(false);
        if (call.Try.Outcome != TryOutcome.CallerGone)
        {
            await answers.WriteAsync(context, call).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryReadBodyAsync(HttpRequest request, PooledBytes destination)
    {
        if (request.ContentLength > options.MaxBodyBytes)
        {
            return false;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
            if (destination.Length + result.Buffer.Length > options.MaxBodyBytes)
            {
                reader.AdvanceTo(result.Buffer.End);
                return false;
            }

            destination.Append(result.Buffer);
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        // From here on the body has one length, however it came.
        if (request.Headers.TransferEncoding.Count > 0)
        {
            request.Headers.Remove("Transfer-Encoding");
            request.ContentLength = destination.Length;
        }

        return true;
    }
}
