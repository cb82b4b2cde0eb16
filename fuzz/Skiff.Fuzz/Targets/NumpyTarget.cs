namespace Skiff.Fuzz;

/// <summary>Arrays: joblib's wrappers with the raw cells behind them, numpy's own reduction, dtypes with fields, arrays of objects, sparse matrices.</summary>
internal sealed class NumpyTarget : IFuzzTarget
{
    private readonly PickleReading _reading = new();

    /// <inheritdoc/>
    public string Name => "numpy";

    /// <inheritdoc/>
    public int LongestInput => 1024;

    /// <inheritdoc/>
    public long MemoryFor(int length) => (20 << 20) + (1024L * length);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => SeedFiles.Of("fuzz/seeds/numpy", "*", LongestInput);

    /// <inheritdoc/>
    public Outcome Run(byte[] input) => _reading.Run(input);
}
