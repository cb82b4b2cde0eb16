using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>
/// Reads the bodies of requests, lets a bounded number of them to the model servers at the same time, and answers. A turn is for who can be forwarded at
/// once: bodies that come slowly and answers that are read slowly would hold all turns and cost their senders nothing. What they hold is counted in bytes.
/// </summary>
internal sealed class Admission(
    ConcurrencyGate gate, Retries servers, Answers answers, GatewayMetrics metrics, GatewayOptions options, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        if (gate.IsFull)
        {
            // Before its body is read: to refuse must cost next to nothing.
            await RefuseAsync(context, call, GateOutcome.Full).ConfigureAwait(false);
            return;
        }

        try
        {
            await TakeAsync(context, call).ConfigureAwait(false);
        }
        catch (BufferFullException e)
        {
            metrics.Failure("buffer_full").Increment();
            await JsonAnswer.WriteErrorAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message, retryAfterSeconds: 1).ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(HttpContext context, GatewayCall call)
    {
        if (!await TryReadBodyAsync(context, call).ConfigureAwait(false))
        {
            metrics.Failure("too_large").Increment();
            await JsonAnswer.WriteErrorAsync(context, StatusCodes.Status413PayloadTooLarge, TooLarge()).ConfigureAwait(false);
            return;
        }

        if (!gate.TryEnter() && await WaitAsync(context, call).ConfigureAwait(false) is var outcome and not GateOutcome.Entered)
        {
            await RefuseAsync(context, call, outcome).ConfigureAwait(false);
            return;
        }

        try
        {
            await servers.AskAsync(context, call).ConfigureAwait(false);
        }
        finally
        {
            gate.Exit();
        }

        if (call.Try.Outcome == TryOutcome.CallerGone)
        {
            context.RequestAborted.ThrowIfCancellationRequested();
        }

        await answers.WriteAsync(context, call).ConfigureAwait(false);
    }

    private async Task<GateOutcome> WaitAsync(HttpContext context, GatewayCall call)
    {
        using var deadline = Deadline(context, call);
        return await gate.EnterAsync(deadline.Token).ConfigureAwait(false);
    }

    private Task RefuseAsync(HttpContext context, GatewayCall call, GateOutcome outcome)
    {
        if (outcome == GateOutcome.Full)
        {
            metrics.Failure("queue_full").Increment();
            return JsonAnswer.WriteErrorAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "too many requests wait already; --max-queue (SKIFF_MAX_QUEUE) sets the limit",
                retryAfterSeconds: 1);
        }

        // Who gave up waiting: the caller, or we.
        context.RequestAborted.ThrowIfCancellationRequested();
        call.Try.End(TryOutcome.TimedOut, null);
        return answers.WriteAsync(context, call);
    }

    private async Task<bool> TryReadBodyAsync(HttpContext context, GatewayCall call)
    {
        if (context.Request.ContentLength > options.MaxBodyBytes)
        {
            return false;
        }

        var reader = context.Request.BodyReader;
        CancellationTokenSource? deadline = null;
        try
        {
            while (true)
            {
                if (!reader.TryRead(out var result))
                {
                    deadline ??= Deadline(context, call, reader);
                    result = await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                }

                if (result.IsCanceled)
                {
                    reader.AdvanceTo(result.Buffer.End);
                    context.RequestAborted.ThrowIfCancellationRequested();
                    throw new BadHttpRequestException(TooSlow(), StatusCodes.Status408RequestTimeout);
                }

                if (call.Body.Length + result.Buffer.Length > options.MaxBodyBytes)
                {
                    reader.AdvanceTo(result.Buffer.End);
                    return false;
                }

                try
                {
                    call.Body.Append(result.Buffer);
                }
                finally
                {
                    // Also where there is no room: Kestrel reads the rest, so that the connection can go on.
                    reader.AdvanceTo(result.Buffer.End);
                }

                if (result.IsCompleted)
                {
                    return true;
                }
            }
        }
        finally
        {
            deadline?.Dispose();
        }
    }

    private string TooLarge() => string.Create(
        CultureInfo.InvariantCulture, $"the body is larger than {options.MaxBodyBytes} bytes; --max-body-bytes (SKIFF_MAX_BODY_BYTES) sets the limit");

    private string TooSlow() => string.Create(
        CultureInfo.InvariantCulture, $"the body did not come within {options.RequestTimeout.TotalSeconds} s; --request-timeout (SKIFF_REQUEST_TIMEOUT) sets the limit");

    // Ends the pending read, and not by a token: a read that is broken off leaves the connection as if it still read, and Kestrel complains of each.
    private CancellationTokenSource Deadline(HttpContext context, GatewayCall call, PipeReader reader)
    {
        var deadline = Deadline(context, call);
        deadline.Token.UnsafeRegister(static state => ((PipeReader)state!).CancelPendingRead(), reader);
        return deadline;
    }

    private CancellationTokenSource Deadline(HttpContext context, GatewayCall call)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var left = options.RequestTimeout - time.GetElapsedTime(call.Start);
        deadline.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1));
        return deadline;
    }
}
