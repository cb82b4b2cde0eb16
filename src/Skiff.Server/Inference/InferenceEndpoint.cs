using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Skiff.Models;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>
/// Takes a request with rows and answers it. Where the body is there already, the version in memory and a turn free, which is nearly always, everything
/// happens on the calling thread without a state machine; whatever has to wait goes the slow way, with the same code for the work itself.
/// </summary>
internal abstract class InferenceEndpoint(InferenceServices services, Protocol protocol)
{
    /// <summary>The one data plane.</summary>
    protected DataPlane Plane => services.Plane;

    internal Protocol Protocol => protocol;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request, its id already settled.</param>
    /// <param name="model">The model that the path names, or null.</param>
    /// <param name="version">The version that the path names, or null.</param>
    internal Task InvokeAsync(HttpContext context, string? model = null, string? version = null)
    {
        var call = Begin(context, model, version);
        if (services.Bodies.WhyRefused(context.Request.ContentLength) is { } refused)
        {
            Fail(call, refused);
            return Finish(context, call);
        }

        if (services.Gate.IsFull)
        {
            // Before its body is read: to refuse must cost next to nothing.
            Fail(call, TooMany());
            return Finish(context, call);
        }

        var reader = context.Request.BodyReader;
        ReadOnlySequence<byte> body;
        try
        {
            if (!TryReadWhole(context.Request, reader, out body))
            {
                return FinishSlowlyAsync(context, call, isBodyRead: false, Progress.Done);
            }
        }
        catch (IOException e)
        {
            Fail(call, Unreadable(e));
            return Finish(context, call);
        }

        if (body.Length > services.Options.MaxBodyBytes)
        {
            reader.AdvanceTo(body.End);
            Fail(call, services.Bodies.TooLarge());
            return Finish(context, call);
        }

        var progress = ExecuteWhole(call, body);
        reader.AdvanceTo(body.End);
        return progress == Progress.Done ? Finish(context, call) : FinishSlowlyAsync(context, call, isBodyRead: true, progress);
    }

    // The body stays in the connection's memory, but where it has to wait or is in pieces.
    private Progress ExecuteWhole(Call call, in ReadOnlySequence<byte> body)
    {
        try
        {
            if (!body.IsSingleSegment)
            {
                services.Bodies.Append(call, body);
            }

            var progress = Execute(call, body.IsSingleSegment ? body.FirstSpan : call.Body.Written);
            if (progress != Progress.Done && body.IsSingleSegment)
            {
                services.Bodies.Append(call, body);
            }

            return progress;
        }
        catch (CallException e)
        {
            Fail(call, e);
        }
        catch (OutOfMemoryException e)
        {
            FailForMemory(call, e);
        }

        return Progress.Done;
    }

    /// <summary>Starts the work on memory of its own.</summary>
    internal Call BeginOn(Scratch scratch, string requestId, string? model, string? version, bool isJson)
    {
        var call = scratch.State<Call>();
        call.Begin(scratch, protocol, requestId, services.Time.GetTimestamp(), model, version, isJson);
        return call;
    }

    /// <summary>Does the work as far as it gets without waiting. Writes the answer, or the failure, into the call.</summary>
    internal Progress Execute(Call call, ReadOnlySpan<byte> body)
    {
        try
        {
            services.Bodies.BeginWork(call, body.Length);
            return Answer(call, body);
        }
        catch (CallException e)
        {
            Fail(call, e);
        }
        catch (InputException e)
        {
            call.Failure = e.Kind == InputErrorKind.Function ? FailureReason.Function : FailureReason.Input;
            WriteInputFailure(call, body, e);
        }
        catch (OperationCanceledException) when (call.Limit.IsReached)
        {
            Fail(call, call.Limit.Failure());
        }
        catch (OutOfMemoryException e)
        {
            FailForMemory(call, e);
        }
        catch (Exception e)
        {
            call.Bug = e;
            Fail(call, new CallException(FailureReason.Internal, $"the server failed; its log says more under the request id {call.RequestId}"));
        }
        finally
        {
            services.Bodies.EndWork(call);
            Plane.GiveTurnBack(call);
        }

        return Progress.Done;
    }

    /// <summary>Does the work as far as it gets without waiting; failures by exception.</summary>
    /// <exception cref="CallException">The request cannot be answered.</exception>
    /// <exception cref="InputException">The model refuses what a row holds.</exception>
    protected abstract Progress Answer(Call call, ReadOnlySpan<byte> body);

    /// <summary>Writes a failure's body and sets its media type.</summary>
    protected abstract void WriteFailure(Call call, CallException failure);

    /// <summary>Writes what the model refused.</summary>
    protected abstract void WriteInputFailure(Call call, ReadOnlySpan<byte> body, InputException failure);

    private void Fail(Call call, CallException failure)
    {
        call.Failure = failure.Reason;
        call.Status = failure.Reason.Status(protocol);
        call.RetryAfterSeconds = call.Status == StatusCodes.Status503ServiceUnavailable ? 1 : 0;
        call.Response.Clear();
        WriteFailure(call, failure);
    }

    // What the call took goes first: to refuse takes memory too.
    private void FailForMemory(Call call, OutOfMemoryException e)
    {
        call.Results.Clear();
        call.Scratch.Reset();
        services.Bodies.Release(call);
        call.Bug = e;
        Fail(call, BodyReader.NoMemory());
    }

    private Call Begin(HttpContext context, string? model, string? version)
    {
        var call = BeginOn(ScratchPool.Shared.Rent(), context.TraceIdentifier, model, version, MediaTypes.IsJson(context.Request.ContentType));
        call.Limit.Begin(context, services.Options.RequestTimeout, services.Time, call.Start);
        call.Scratch.Watch = call.Limit;
        return call;
    }

    private static bool TryReadWhole(HttpRequest request, PipeReader reader, out ReadOnlySequence<byte> body)
    {
        if (!reader.TryRead(out var result))
        {
            body = default;
            return false;
        }

        body = result.Buffer;
        if (result.IsCompleted || body.Length >= request.ContentLength)
        {
            return true;
        }

        // Not looked at: it is taken into the call's own memory, where it is counted, before the rest is waited for.
        reader.AdvanceTo(body.Start);
        return false;
    }

    // Chunks whose size is beyond all numbers are no bad request to Kestrel, but an error of reading with the overflow in it.
    private CallException Unreadable(IOException e) => e switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => services.Bodies.TooLarge(),
        BadHttpRequestException or { InnerException: OverflowException } => new CallException(FailureReason.Aborted, e.Message),
        _ => new CallException(FailureReason.Aborted, "the caller has gone"),
    };

    private static CallException TooMany() => new(
        FailureReason.QueueFull,
        "more requests come than can be answered in time; --max-wait (SKIFF_MAX_WAIT) and --max-queue (SKIFF_MAX_QUEUE) set how long and how many may wait");

    private async Task FinishSlowlyAsync(HttpContext context, Call call, bool isBodyRead, Progress progress)
    {
        try
        {
            if (!isBodyRead)
            {
                await services.Bodies.ReadAsync(context.Request, call, call.Limit.Token).ConfigureAwait(false);
                progress = Execute(call, call.Body.Written);
            }

            while (progress != Progress.Done)
            {
                await WaitAsync(call, progress, call.Limit.Token).ConfigureAwait(false);
                progress = Execute(call, call.Body.Written);
            }
        }
        catch (CallException e)
        {
            Fail(call, e);
        }
        catch (OperationCanceledException)
        {
            Fail(call, call.Limit.Failure());
        }
        catch (OutOfMemoryException e)
        {
            FailForMemory(call, e);
        }
        catch (IOException e)
        {
            Fail(call, Unreadable(e));
        }
        finally
        {
            Plane.GiveTurnBack(call);
        }

        await Finish(context, call).ConfigureAwait(false);
    }

    private async Task WaitAsync(Call call, Progress progress, CancellationToken cancellation)
    {
        if (progress == Progress.NeedsVersion)
        {
            call.Read = await Plane.Cache.LoadAsync(call.Pending!).WaitAsync(cancellation).ConfigureAwait(false);
            return;
        }

        switch (await services.Gate.EnterAsync(cancellation).ConfigureAwait(false))
        {
            case GateOutcome.Entered:
                call.HoldsTurn = true;
                return;
            case GateOutcome.Full:
                throw TooMany();
            default:
                throw new OperationCanceledException(cancellation);
        }
    }

    private Task Finish(HttpContext context, Call call)
    {
        var response = context.Response;
        response.StatusCode = call.Status;
        response.ContentType = call.ContentType;
        response.ContentLength = call.Response.Length;
        if (call.RetryAfterSeconds > 0)
        {
            response.Headers.RetryAfter = call.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        // The pipe's own memory: no flush here, the server sends head and body in one write when this returns.
        response.BodyWriter.Write(call.Response.Written);
        services.Record(call);
        services.Bodies.Release(call);
        Tell(context, call);
        var scratch = call.Scratch;
        call.End();
        ScratchPool.Shared.Return(scratch);
        return Task.CompletedTask;
    }

    private void Tell(HttpContext context, Call call)
    {
        if (call.Version is { } version)
        {
            services.Observer.Note(context, version.Subject);
        }

        if (call.Bug is { } bug)
        {
            RequestLog.Failed(services.Logger, context, call.Status, services.Time.GetElapsedTime(call.Start), call.Version?.Subject, bug);
        }
    }
}
