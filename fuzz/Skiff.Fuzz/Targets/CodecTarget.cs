namespace Skiff.Fuzz;

/// <summary>The containers that joblib writes, and what inflates them: zlib, gzip, bz2, xz, lzma, lz4, zstd, and the zlib file of old releases.</summary>
internal sealed class CodecTarget : IFuzzTarget
{
    private readonly PickleReading _reading = new();

    /// <inheritdoc/>
    public string Name => "codecs";

    /// <inheritdoc/>
    public int LongestInput => 1024;

    /// <summary>Besides what the pickle takes: a block of bzip2 (900 kB, four bytes a place), the dictionary of xz or lzma, the window of zstd.</summary>
    public long MemoryFor(int length) => (40 << 20) + (1024L * length);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => SeedFiles.Of("fuzz/seeds/codecs", "*", LongestInput);

    /// <inheritdoc/>
    public Outcome Run(byte[] input) => _reading.Run(input);
}
