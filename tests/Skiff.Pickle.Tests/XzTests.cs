using System.Text;

namespace Skiff.Pickle.Tests;

/// <summary>The xz container, put together byte by byte: what Python writes is one block with one kind of sum.</summary>
public sealed class XzTests
{
    private const byte NoSum = 0;
    private const byte EightBytes = 22;

    private static readonly byte[] Text = Encoding.ASCII.GetBytes("S'" + new string('x', 300) + "'\n.");

    [Theory]
    [InlineData(NoSum, 0)]
    [InlineData(1, 4)]
    [InlineData(4, 8)]
    [InlineData(10, 32)]
    public void Read_SeveralBlocks_AreJoinedWhateverTheirSums(byte check, int checkBytes)
    {
        // Of 1, 2, 3 and 4 bytes beyond a multiple of four: each has its own padding.
        foreach (var cut in (int[])[101, 102, 103, 104])
        {
            byte[] file = [.. Header(check), .. Block(Text[..cut], checkBytes), .. Block(Text[cut..200], checkBytes), .. Block(Text[200..], checkBytes), 0];
            var document = Pickles.Read(file);
            Assert.Equal(PickleContainer.Xz, document.Container);
            Assert.Equal(new string('x', 300), document.Root);
        }
    }

    [Fact]
    public void Read_BlockWithItsSizes_IsReadWithoutThem()
    {
        byte[] file = [.. Header(NoSum), .. Block(Text, 0, flags: 0xC0, sizes: [0xB8, 0x02, 0xB1, 0x02]), 0];
        Assert.Equal(new string('x', 300), Pickles.Read(file).Root);
    }

    [Fact]
    public void Read_EndsBeforeItsIndex_IsWhole() =>
        Assert.Equal(new string('x', 300), Pickles.Read([.. Header(NoSum), .. Block(Text, 0)]).Root);

    [Theory]
    [InlineData(0x01, new byte[0])] // Two filters.
    [InlineData(0x40, new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80 })] // A size without an end.
    public void Read_BrokenBlockHeader_SaysSo(byte flags, byte[] sizes)
    {
        byte[] file = [.. Header(NoSum), .. Block(Text, 0, flags: flags, sizes: sizes), 0];
        Assert.StartsWith("The Xz data is broken", Assert.Throws<PickleException>(() => Pickles.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 4096)]
    [InlineData(1, 6144)]
    [InlineData(7, 49152)]
    [InlineData(8, 65536)]
    public void Read_Dictionary_IsJudgedByItsCode(byte code, int bytes)
    {
        byte[] file = [.. Header(NoSum), .. Block(Text, 0, code: code), 0];
        Assert.Equal(new string('x', 300), Pickles.Read(file, new PickleOptions { MaxDictionaryBytes = bytes }).Root);
        Assert.StartsWith(
            $"The file asks for a dictionary of {bytes} bytes to inflate it, more than {bytes - 1} (PickleOptions.MaxDictionaryBytes)",
            Assert.Throws<PickleException>(() => Pickles.Read(file, new PickleOptions { MaxDictionaryBytes = bytes - 1 })).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(39, "The file asks for a dictionary of 3221225472 bytes")]
    [InlineData(40, "The file asks for a dictionary of 4294967295 bytes")]
    [InlineData(41, "The Xz data is broken")]
    public void Read_LargestDictionaries_AreRefused(byte code, string message)
    {
        byte[] file = [.. Header(NoSum), .. Block(Text, 0, code: code), 0];
        Assert.StartsWith(message, Assert.Throws<PickleException>(() => Pickles.Read(file)).Message, StringComparison.Ordinal);
    }

    /// <summary>A file of one block, without its index.</summary>
    internal static byte[] File(byte[] data) => [.. Header(NoSum), .. Block(data, 0)];

    /// <summary>Sums are passed over by the reader, and left out here.</summary>
    private static byte[] Header(byte check) => [0xFD, .. "7zXZ"u8, 0, 0, check, 0, 0, 0, 0];

    /// <summary>A block whose data is stored as it is, in one chunk of LZMA2.</summary>
    private static byte[] Block(byte[] data, int checkBytes, byte flags = 0, byte code = EightBytes, byte[]? sizes = null)
    {
        byte[] fields = [flags, .. sizes ?? [], 0x21, 1, code];
        var units = (1 + fields.Length + 3) / 4;
        byte[] header = [(byte)units, .. fields, .. new byte[(units * 4) - 1 - fields.Length], 0, 0, 0, 0];
        byte[] chunk = [1, (byte)((data.Length - 1) >> 8), (byte)(data.Length - 1), .. data, 0];
        return [.. header, .. chunk, .. new byte[-chunk.Length & 3], .. new byte[checkBytes]];
    }
}
