using System.Diagnostics;

namespace Skiff.Fuzz;

/// <summary>
/// Runs a target on one input and holds it to what every reader promises: only the documented exceptions, an answer in time and in memory that is bounded
/// by the input, and the same answer to the same bytes.
/// </summary>
internal sealed class Judge(IFuzzTarget target)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Runs it.</summary>
    /// <param name="input">The input.</param>
    /// <param name="again">Whether to run it a second time and compare.</param>
    /// <param name="coverage">What the first run's branches are looked up in, if anything.</param>
    public Verdict Run(byte[] input, bool again, Coverage? coverage)
    {
        var started = _clock.Elapsed;
        var isNew = false;
        try
        {
            coverage?.Begin();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var outcome = target.Run(input);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            isNew = coverage?.IsNew() ?? false;
            var took = _clock.Elapsed - started;
            return new Verdict(
                outcome.IsAccepted,
                isNew,
                took > Slow && TimeAlone(input) is var alone && alone > Slow ? $"took {alone}"
                : allocated > target.MemoryFor(input.Length) + outcome.Allowance ? $"allocated {allocated} bytes for {input.Length}"
                : again && target.Run(input) != outcome ? "the same bytes gave another answer"
                : null);
        }
        catch (Exception e)
        {
            return new Verdict(false, isNew, e.ToString());
        }
    }

    // The clock goes on while others have the processor: what counts is the processor's time.
    private TimeSpan TimeAlone(byte[] input)
    {
        var used = Environment.CpuUsage.TotalTime;
        target.Run(input);
        return Environment.CpuUsage.TotalTime - used;
    }
}

/// <summary>What is to be said of an input.</summary>
/// <param name="IsAccepted">Whether the target took it.</param>
/// <param name="IsNew">Whether it took branches that none took before.</param>
/// <param name="Finding">What is wrong, or null.</param>
internal readonly record struct Verdict(bool IsAccepted, bool IsNew, string? Finding);
