namespace Skiff.Pickle;

/// <summary>What a file has cost so far, nested pickles included.</summary>
/// <param name="options">The budgets.</param>
/// <param name="storedBytes">How many bytes the file has, before inflating; -1 where its stream cannot tell.</param>
internal sealed class PickleBudget(PickleOptions options, long storedBytes)
{
    /// <summary>About what an object takes with its header and its fields.</summary>
    public const int ObjectBytes = 48;

    /// <summary>About what an empty list or dict takes with what is behind it.</summary>
    public const int ContainerBytes = 96;

    /// <summary>Below this the ratio says nothing: a few compressed bytes may well be a large model of zeros.</summary>
    private const long RatioCountsFrom = 64L << 20;

    private readonly long _ratioLimit = storedBytes < 0
        ? long.MaxValue
        : Math.Max(RatioCountsFrom, storedBytes > long.MaxValue / Math.Max(options.MaxGraphRatio, 1) ? long.MaxValue : storedBytes * options.MaxGraphRatio);

    private long _opcodes;
    private long _memory;
    private int _memoEntries;

    public PickleOptions Options { get; } = options;

    public void CountOpcode(long offset)
    {
        if (++_opcodes > Options.MaxOpcodes)
        {
            throw new PickleException($"The pickle has more than {Options.MaxOpcodes} opcodes (PickleOptions.MaxOpcodes)", offset);
        }
    }

    public void CountMemoEntry(long offset)
    {
        if (++_memoEntries > Options.MaxMemoEntries)
        {
            throw new PickleException($"The pickle remembers more than {Options.MaxMemoEntries} values (PickleOptions.MaxMemoEntries)", offset);
        }
    }

    public void Charge(long bytes, long offset)
    {
        _memory += bytes;
        if (_memory > Options.MaxGraphBytes)
        {
            throw new PickleException($"The graph takes more than {Options.MaxGraphBytes} bytes (PickleOptions.MaxGraphBytes)", offset);
        }

        if (_memory > _ratioLimit)
        {
            throw new PickleException($"The graph takes more than {_ratioLimit} bytes, the most for a file of {storedBytes} (PickleOptions.MaxGraphRatio)", offset);
        }
    }
}
