namespace Skiff.Pickle;

/// <summary>What a file has cost so far, nested pickles included.</summary>
internal sealed class PickleBudget(PickleOptions options)
{
    /// <summary>About what an object takes with its header and its fields.</summary>
    public const int ObjectBytes = 48;

    /// <summary>About what an empty list or dict takes with what is behind it.</summary>
    public const int ContainerBytes = 96;

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
    }
}
