namespace Skiff.Pickle;

/// <summary>
/// What a file may cost to read. Every limit is a budget for the whole file, nested pickles included; going over one is a
/// <see cref="PickleException"/> that names it. The defaults admit a forest of several gigabytes and keep a small file from costing more
/// than a small multiple of what it holds.
/// </summary>
public sealed record PickleOptions
{
    /// <summary>The defaults.</summary>
    public static PickleOptions Default { get; } = new();

    /// <summary>
    /// How many opcodes a file may have: 200 million by default. A vocabulary of ten million words takes about 60 million, a forest of a
    /// thousand trees 200 thousand.
    /// </summary>
    public long MaxOpcodes { get; init; } = 200_000_000;

    /// <summary>How many values a file may remember for later reference: 50 million by default; Python remembers every text and container.</summary>
    public int MaxMemoEntries { get; init; } = 50_000_000;

    /// <summary>How many values may wait on the stack: 16 million by default. Python batches lists and dicts by a thousand, but not tuples.</summary>
    public int MaxStackDepth { get; init; } = 16_000_000;

    /// <summary>
    /// How deep values may lie within each other: 1,000 levels by default. Python's own pickler recurses, and its recursion limit stops it
    /// well below that; real models stay below 100.
    /// </summary>
    public int MaxDepth { get; init; } = 1_000;

    /// <summary>How many bytes one text may have: 256 MiB by default, more than any booster's dump that has been met.</summary>
    public int MaxStringBytes { get; init; } = 256 << 20;

    /// <summary>How many bytes one integer may have: 64 KiB by default. Python itself prints no integer above 4,300 digits.</summary>
    public int MaxIntegerBytes { get; init; } = 64 << 10;

    /// <summary>How many bytes one array or byte string may have: 4 GiB by default. One tree of a forest has some megabytes.</summary>
    public long MaxArrayBytes { get; init; } = 4L << 30;

    /// <summary>How many bytes the file may have, after inflating: 16 GiB by default.</summary>
    public long MaxTotalBytes { get; init; } = 16L << 30;

    /// <summary>
    /// How much memory the graph may take, roughly counted: 16 GiB by default. An empty dict is one byte in the file and about a hundred in
    /// memory; this is what bounds such a file.
    /// </summary>
    public long MaxGraphBytes { get; init; } = 16L << 30;

    /// <summary>
    /// How many times the size of its file, as it lies on the disk, the graph may take, once it is above 64 MiB: 500 by default. Every other
    /// budget is as large as the largest model; this one keeps a small file that inflates to many small values from using them up. It counts
    /// where the stream can tell its length.
    /// </summary>
    public int MaxGraphRatio { get; init; } = 500;

    /// <summary>How many bytes a compressed file may inflate to: 8 GiB by default.</summary>
    public long MaxInflatedBytes { get; init; } = 8L << 30;

    /// <summary>
    /// How many times its size a compressed file may inflate to, once it is above 64 MiB: 250 by default. Forests compress 3 to 20 times;
    /// deflate ends at 1,032, the others far above.
    /// </summary>
    public int MaxInflateRatio { get; init; } = 250;

    /// <summary>
    /// How large a dictionary a compressed file may ask for: 128 MiB by default. <c>xz -9</c> asks for 64 MiB, joblib's default for 8 MiB.
    /// </summary>
    public long MaxDictionaryBytes { get; init; } = 128L << 20;
}
