namespace Skiff.Fuzz;

/// <summary>The pickle reader: opcodes of all protocols.</summary>
internal sealed class PickleTarget : IFuzzTarget
{
    private readonly PickleReading _reading = new();

    /// <inheritdoc/>
    public string Name => "pickle";

    /// <inheritdoc/>
    public int LongestInput => 1024;

    /// <inheritdoc/>
    public long MemoryFor(int length) => (20 << 20) + (1024L * length);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => SeedFiles.Of("fuzz/seeds/pickle", "*", LongestInput);

    /// <inheritdoc/>
    public Outcome Run(byte[] input) => _reading.Run(input);
}
