namespace Skiff.ServiceDefaults;

/// <summary>
/// How many bytes of requests and answers a process may hold at the same time. Without it a few hundred large ones would have the whole process ended by
/// the operating system, with everybody else's requests.
/// </summary>
public sealed class BufferBudget
{
    private long _held;

    /// <summary>Makes a budget.</summary>
    /// <param name="maximum">Its size in bytes; 0 for a quarter of the memory that the container or the machine allows.</param>
    public BufferBudget(long maximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximum);
        Maximum = maximum > 0 ? maximum : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
    }

    /// <summary>How many bytes there may be.</summary>
    public long Maximum { get; }

    /// <summary>How many bytes are held.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>Takes bytes.</summary>
    /// <param name="bytes">How many; fewer than none gives some back.</param>
    /// <returns>Whether there were so many left; where not, none is taken.</returns>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= Maximum || bytes <= 0)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    /// <param name="bytes">How many.</param>
    public void Return(long bytes) => Interlocked.Add(ref _held, -bytes);
}
