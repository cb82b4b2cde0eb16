using System.IO.Compression;

namespace Skiff.Pickle.Tests;

/// <summary>A million of what costs little once.</summary>
public sealed class LargeAttackTests
{
    [Fact]
    public void Read_MillionNestedTuples_IsRefusedByDepth()
    {
        byte[] bytes = [0x80, 4, (byte)')', .. Enumerable.Repeat((byte)0x85, 1_000_000), (byte)'.'];
        Assert.Equal("Values lie more than 1000 levels within each other (PickleOptions.MaxDepth)", Assert.Throws<PickleException>(() => Pickles.Read(bytes)).Message);
        Assert.IsType<PyTuple>(Pickles.Read(bytes, new PickleOptions { MaxDepth = 2_000_000 }).Root);
    }

    [Fact]
    public void Read_MillionNestedLists_IsRefusedByDepth()
    {
        byte[] bytes = [0x80, 4, .. Enumerable.Repeat((byte)']', 1_000_000), .. Enumerable.Repeat((byte)'a', 999_999), (byte)'.'];
        Assert.Throws<PickleException>(() => Pickles.Read(bytes));
    }

    [Fact]
    public void Read_SmallFileThatInflatesToManyLists_IsRefusedByItsSize()
    {
        // Two bytes a list of about a hundred, of which zlib makes next to nothing: 64 MiB of them would take six gigabytes.
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write([0x80, 4, .. Enumerable.Repeat("]0"u8.ToArray(), 1 << 20).SelectMany(b => b)]);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<PickleException>(() => Pickles.Read(packed.ToArray()));
        Assert.StartsWith($"The graph takes more than 67108864 bytes, the most for a file of {packed.Length} (PickleOptions.MaxGraphRatio)", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 96L << 20);

        // What a stream that cannot tell its length holds is bounded by the other budgets.
        using var pieces = new TestKit.OneByteStream(packed.ToArray());
        error = Assert.Throws<PickleException>(() => PickleReader.Read(pieces, null, TestContext.Current.CancellationToken));
        Assert.StartsWith("The file is cut short", error.Message, StringComparison.Ordinal);
    }
}
