using Skiff.Registry;

namespace Skiff.Fuzz;

/// <summary><c>metadata.json</c> of a version: nothing in it may stop a model from being served, so no exception leaves at all.</summary>
internal sealed class MetadataTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "metadata";

    /// <inheritdoc/>
    public int LongestInput => 1024;

    /// <inheritdoc/>
    public long MemoryFor(int length) => (1 << 20) + (1024L * length);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => SeedFiles.Of("fuzz/seeds/metadata", "*", LongestInput);

    /// <inheritdoc/>
    public Outcome Run(byte[] input)
    {
        var metadata = MetadataReader.Parse(input);
        var sum = new Fingerprint();
        sum.Add(metadata.Json.Span);
        foreach (var warning in metadata.Warnings)
        {
            sum.Add(warning);
        }

        return metadata.IsReadable || metadata.Warnings.Count > 0 ? new Outcome(metadata.IsReadable, sum.Value) : throw new FindingException("unreadable without a word");
    }
}
