namespace Skiff.Gateway;

/// <summary>
/// How many bytes of requests and answers the gateway may hold at the same time. Without it a few hundred large ones would have the whole process ended by
/// the operating system, with everybody else's requests.
/// </summary>
internal sealed class BufferBudget
{
    private readonly long _maximum;
    private long _held;

    /// <summary>Makes a budget.</summary>
    /// <param name="options">Its size; where that is 0, a quarter of the memory that the container or the machine allows.</param>
    public BufferBudget(GatewayOptions options)
    {
        _maximum = options.MaxBufferedBytes > 0 ? options.MaxBufferedBytes : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
    }

    /// <summary>How many bytes are held.</summary>
    internal long Held => Volatile.Read(ref _held);

    /// <summary>Takes bytes.</summary>
    /// <exception cref="BufferFullException">There are not so many left.</exception>
    internal void Take(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) > _maximum)
        {
            Return(bytes);
            throw new BufferFullException();
        }
    }

    /// <summary>Gives bytes back.</summary>
    internal void Return(long bytes) => Interlocked.Add(ref _held, -bytes);
}
