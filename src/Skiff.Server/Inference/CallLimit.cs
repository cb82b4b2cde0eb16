using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Skiff.Models;

namespace Skiff.Server;

/// <summary>
/// When a request ends unanswered: its time is up, or its caller has gone, be it that the server cuts it off when it must end. Nothing is made for it
/// until a request waits or has worked for a while, so that quick requests do without.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Used again from request to request; each ends with End.")]
internal sealed class CallLimit : ICallWatch
{
    private HttpContext? _context;
    private TimeProvider _time = TimeProvider.System;
    private TimeSpan _timeout;
    private long _start;
    private CancellationTokenSource? _deadline;
    private CancellationTokenSource? _either;

    /// <inheritdoc/>
    public long Interval => CancellationWatch.AboutAMillisecond;

    /// <summary>Cancelled when the request should end.</summary>
    internal CancellationToken Token => (_either ??= Make()).Token;

    /// <summary>Whether it should have ended.</summary>
    internal bool IsReached => _either?.IsCancellationRequested == true;

    /// <inheritdoc/>
    public void Look() => Token.ThrowIfCancellationRequested();

    /// <summary>Begins a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="timeout">How long it may take in all.</param>
    /// <param name="time">The clock.</param>
    /// <param name="start">When it came, by that clock.</param>
    internal void Begin(HttpContext context, TimeSpan timeout, TimeProvider time, long start)
    {
        _context = context;
        _timeout = timeout;
        _time = time;
        _start = start;
    }

    /// <summary>Why the request ends.</summary>
    internal CallException Failure() => _deadline?.IsCancellationRequested == true
        ? new CallException(FailureReason.Deadline, "the request took longer than --request-timeout (SKIFF_REQUEST_TIMEOUT) allows")
        : new CallException(FailureReason.Aborted, "the caller has gone");

    /// <summary>Ends a request.</summary>
    internal void End()
    {
        _context = null;
        if (_either is null)
        {
            return;
        }

        _either.Dispose();
        _deadline?.Dispose();
        _either = _deadline = null;
    }

    private CancellationTokenSource Make()
    {
        if (_context is null)
        {
            // A call without a request, as programs and tests make them, ends by itself alone.
            return new CancellationTokenSource();
        }

        var left = _timeout - _time.GetElapsedTime(_start);
        _deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
        return CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token, _context.RequestAborted);
    }
}
