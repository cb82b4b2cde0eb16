using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>Takes bodies that did not come in one piece, or whose turn has not come, into memory of their calls, and counts what they hold together.</summary>
internal sealed class BodyReader(SkiffOptions options, BufferBudget budget)
{
    // Not counted: nearly all bodies are smaller.
    private const int First = 4096;

    // What the work on a body takes beside it, about: its cells as numbers or texts, and what each step makes of them.
    private const int WorkPerByte = 8;

    // The work on smaller ones is not counted: no more of them run than there are turns.
    private const int Large = 1 << 16;

    private readonly BufferBudget _work = new(2 * budget.Maximum);

    /// <summary>Why a body of such a length is refused before it is read; null where it is not.</summary>
    internal CallException? WhyRefused(long? length) =>
        length > options.MaxBodyBytes ? TooLarge()
        : length - First > budget.Maximum ? MoreThanMemory()
        : null;

    /// <summary>Reads a body to its end.</summary>
    /// <exception cref="CallException">It is too large, or all together are.</exception>
    internal async Task ReadAsync(HttpRequest request, Call call, CancellationToken cancellation)
    {
        var reader = request.BodyReader;

        // Not by the token: a read that is broken off leaves the connection as if it still read, and Kestrel complains of each.
        using var deadline = cancellation.UnsafeRegister(static state => ((PipeReader)state!).CancelPendingRead(), reader);
        while (true)
        {
            var result = await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                cancellation.ThrowIfCancellationRequested();
                Append(call, result.Buffer, request.ContentLength ?? long.MaxValue);
            }
            finally
            {
                // Also where there is no room: Kestrel reads the rest, so that the connection can go on.
                reader.AdvanceTo(result.Buffer.End);
            }

            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>Keeps a body that came in one go.</summary>
    /// <exception cref="CallException">It is too large, or all together are.</exception>
    internal void Append(Call call, in ReadOnlySequence<byte> bytes) => Append(call, bytes, bytes.Length);

    /// <summary>Gives back what a call holds.</summary>
    internal void Release(Call call)
    {
        budget.Return(call.Held);
        call.Held = 0;
    }

    /// <summary>Counts the memory that the work on a large body will take. One alone may always try.</summary>
    /// <exception cref="CallException">The others take as much as there may be.</exception>
    internal void BeginWork(Call call, int length)
    {
        if (length <= Large)
        {
            return;
        }

        var bytes = Math.Min((long)length * WorkPerByte, _work.Maximum);
        if (!_work.TryTake(bytes))
        {
            throw NoMemory();
        }

        call.Work = bytes;
    }

    /// <summary>Gives that back.</summary>
    internal void EndWork(Call call)
    {
        _work.Return(call.Work);
        call.Work = 0;
    }

    internal static CallException NoMemory() => new(
        FailureReason.OutOfMemory, "the server has not enough memory for this request now; send fewer rows at once, or send it again later");

    internal CallException TooLarge() => new(
        FailureReason.TooLarge,
        $"the body is larger than {options.MaxBodyBytes.ToString(CultureInfo.InvariantCulture)} bytes; --max-body-bytes (SKIFF_MAX_BODY_BYTES) sets the limit");

    private void Append(Call call, in ReadOnlySequence<byte> bytes, long claimed)
    {
        var length = call.Body.Length + bytes.Length;
        if (length > options.MaxBodyBytes)
        {
            throw TooLarge();
        }

        // It grows by doubling, but not beyond what is to come or may; a length that is only claimed takes nothing.
        var most = Math.Min(claimed, Math.Min(options.MaxBodyBytes, budget.Maximum + First));
        var capacity = length <= call.Body.Capacity ? length : Math.Max(length, Math.Min(2L * call.Body.Capacity, most));
        Count(call, capacity);
        call.Body.EnsureCapacity(checked((int)capacity));
        bytes.CopyTo(call.Body.GetSpan((int)bytes.Length));
        call.Body.Advance((int)bytes.Length);
    }

    private void Count(Call call, long bytes)
    {
        var more = bytes - First - call.Held;
        if (more <= 0)
        {
            return;
        }

        if (call.Held + more > budget.Maximum)
        {
            throw MoreThanMemory();
        }

        if (!budget.TryTake(more))
        {
            throw new CallException(
                FailureReason.BufferFull, "the server holds as many bytes of requests as it may; --max-buffered-bytes (SKIFF_MAX_BUFFERED_BYTES) sets the limit");
        }

        call.Held += more;
    }

    private CallException MoreThanMemory() => new(
        FailureReason.TooLarge,
        $"the body is larger than the {budget.Maximum.ToString(CultureInfo.InvariantCulture)} bytes that all requests may hold; --max-buffered-bytes (SKIFF_MAX_BUFFERED_BYTES) sets the limit");
}
