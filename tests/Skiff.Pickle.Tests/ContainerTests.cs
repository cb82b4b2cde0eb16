using System.Buffers;
using System.IO.Compression;
using K4os.Compression.LZ4.Streams;
using SharpCompress.Compressors.BZip2;
using ZstdSharp;

namespace Skiff.Pickle.Tests;

/// <summary>What a pickle is wrapped in: what is broken is said where it breaks, what cannot be read is nobody's file's fault.</summary>
public sealed class ContainerTests
{
    [Theory]
    [InlineData(PickleContainer.None)]
    [InlineData(PickleContainer.Zlib)]
    [InlineData(PickleContainer.Gzip)]
    [InlineData(PickleContainer.Bzip2)]
    [InlineData(PickleContainer.Xz)]
    [InlineData(PickleContainer.Lz4)]
    [InlineData(PickleContainer.Zstd)]
    public void Read_StreamThatFails_ThrowsWhatTheStreamThrew(PickleContainer container)
    {
        // More than what tells the kinds of files apart, and nothing that compresses.
        var noise = new byte[60_000];
        new Random(1).NextBytes(noise);
        byte[] pickle = [0x80, 4, (byte)'B', .. BitConverter.GetBytes(noise.Length), .. noise, (byte)'.'];
        var file = container switch
        {
            PickleContainer.Zlib => Zlib(pickle, CompressionLevel.NoCompression),
            PickleContainer.Gzip => Packed(pickle, packed => new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true)),
            PickleContainer.Bzip2 => Bzip2(pickle),
            PickleContainer.Xz => XzTests.File(pickle),
            PickleContainer.Lz4 => Packed(pickle, packed => LZ4Stream.Encode(packed, leaveOpen: true)),
            PickleContainer.Zstd => Packed(pickle, packed => new CompressionStream(packed, leaveOpen: true)),
            _ => pickle,
        };
        Assert.Equal(container, Pickles.Read(file).Container);
        using var stream = new FailingStream(file);
        Assert.Equal("the disk is gone", Assert.Throws<IOException>(() => PickleReader.Read(stream, null, TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void Read_BrokenData_SaysWhatAndWhere()
    {
        byte[] bytes = [0x78, 0x9C, .. Enumerable.Repeat((byte)0xFF, 20)];
        Assert.Equal("The Zlib data is broken (at byte 22)", Assert.Throws<PickleException>(() => Pickles.Read(bytes)).Message);
    }

    [Fact]
    public void Read_InflatedBytes_MayBeAsManyAsAllowed()
    {
        byte[] pickle = [0x80, 4, (byte)'N', (byte)'.'];
        Assert.Null(Pickles.Read(Zlib(pickle, CompressionLevel.Optimal), new PickleOptions { MaxInflatedBytes = 4 }).Root);
        Assert.StartsWith(
            "The file inflates to more than 3 bytes (PickleOptions.MaxInflatedBytes)",
            Assert.Throws<PickleException>(() => Pickles.Read(Zlib(pickle, CompressionLevel.Optimal), new PickleOptions { MaxInflatedBytes = 3 })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LargeFileThatHardlyCompresses_IsRead()
    {
        var bytes = new byte[65 << 20];
        byte[] pickle = [0x80, 4, 0x8E, .. BitConverter.GetBytes((long)bytes.Length), .. bytes, (byte)'.'];
        Assert.Equal(bytes.Length, Assert.IsType<byte[]>(Pickles.Read(Zlib(pickle, CompressionLevel.NoCompression)).Root).Length);
    }

    [Fact]
    public void Read_LzmaDictionaryAsLargeAsAllowed_IsRead()
    {
        var file = Fixtures.Bytes("sk190.lzma");
        var bytes = BitConverter.ToInt32(file, 1);
        Assert.NotNull(Pickles.Read(file, new PickleOptions { MaxDictionaryBytes = bytes }).Root);
        Assert.StartsWith(
            $"The file asks for a dictionary of {bytes} bytes to inflate it, more than {bytes - 1} (PickleOptions.MaxDictionaryBytes)",
            Assert.Throws<PickleException>(() => Pickles.Read(file, new PickleOptions { MaxDictionaryBytes = bytes - 1 })).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x50, true)]
    [InlineData(0x58, false)]
    public void Read_ZstdWindow_IsBoundedAsADictionary(byte window, bool isRead)
    {
        // A frame of one block that is stored as it is, with a window of 1 or 2 MiB.
        byte[] bytes = [0x28, 0xB5, 0x2F, 0xFD, 0, window, (4 << 3) | 1, 0, 0, 0x80, 4, (byte)'N', (byte)'.'];
        var error = Record.Exception(() => Pickles.Read(bytes, new PickleOptions { MaxDictionaryBytes = 1 << 20 }));
        Assert.Equal(isRead ? null : "The Zstd data is broken (at byte 13)", error?.Message);
    }

    [Theory]
    [InlineData(12, "The lzma header is cut short (at byte 12)")]
    [InlineData(13, "The Lzma data is broken (at byte 13)")]
    public void Read_LzmaHeader_IsThirteenBytes(int length, string message) =>
        Assert.Equal(message, Assert.Throws<PickleException>(() => Pickles.Read(Fixtures.Bytes("sk190.lzma")[..length])).Message);

    [Fact]
    public void Read_LzmaOfAKnownSize_EndsThere()
    {
        var whole = Fixtures.Bytes("sk190.lzma");
        var length = Pickles.Read(whole).Length;
        BitConverter.TryWriteBytes(whole.AsSpan(5), length - 1);
        Assert.StartsWith("The file is cut short", Assert.Throws<PickleException>(() => Pickles.Read(whole)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(21, "The header of joblib's zlib file is cut short (at byte 21)")]
    [InlineData(22, "The file is cut short: it ends before the pickle does (at byte 0)")]
    public void Read_ZFileHeader_IsTwentyOneBytes(int length, string message) =>
        Assert.Equal(message, Assert.Throws<PickleException>(() => Pickles.Read(Fixtures.Bytes("sk190.zfile")[..length])).Message);

    [Fact]
    public void Read_ZFileOfPython2_HasOneBlankMore()
    {
        var file = Fixtures.Bytes("sk190.zfile");
        Assert.Equal(Pickles.Read(file).Length, Pickles.Read([.. file[..21], (byte)' ', .. file[21..]]).Length);
    }

    [Theory]
    [InlineData('0', false)]
    [InlineData('1', true)]
    [InlineData('9', true)]
    [InlineData(':', false)]
    public void Read_Bzip2_IsToldByItsLevel(char level, bool isBzip2)
    {
        var file = Fixtures.Bytes("sk190.bz2");
        file[3] = (byte)level;
        var document = Record.Exception(() => Pickles.Read(file));
        Assert.Equal(isBzip2, document is null);
        Assert.DoesNotContain("Bzip2", document?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Bzip2InTwoStreams_IsJoined()
    {
        byte[] pickle = [0x80, 4, 0x8C, 5, .. "joint"u8, (byte)'.'];
        Assert.Equal("joint", Pickles.Read([.. Bzip2(pickle[..5]), .. Bzip2(pickle[5..])]).Root);
    }

    [Fact]
    public void Read_Protocol0WithABlank_IsAPickle() => Assert.Equal("a b", Pickles.Read("S'a b'\n."u8.ToArray()).Root);

    [Fact]
    public void PrefixedStream_ReadByte_GivesThePrefixThenTheRest()
    {
        using var stream = new PrefixedStream(new byte[] { 0, 1 }, new MemoryStream([2]));
        Assert.Equal([0, 1, 2, -1], Enumerable.Range(0, 4).Select(_ => stream.ReadByte()));
        Assert.Equal((true, false, false), (stream.CanRead, stream.CanSeek, stream.CanWrite));
    }

    /// <summary>Data that looks at what was in the decoder's window before it; found by fuzzing.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void Read_BrokenLzma_SaysTheSameWhateverWasReadBefore(byte before)
    {
        foreach (var size in (int[])[1 << 12, 1 << 16, 1 << 16, 1 << 17])
        {
            var used = ArrayPool<byte>.Shared.Rent(size);
            Array.Fill(used, before);
            ArrayPool<byte>.Shared.Return(used);
        }

        var file = Convert.FromBase64String(
            "XQAAAQD//////////wBAAQ57FSwVmzo680p5UUx9DYeZ6BKBPChpXiq8GVtdKe8/fdAHRSfO/ij5d3CBjD5TzFuII0DDTq2yy6fV6Y3GFSyG5c" +
            "tNsOiqbkbp9Hg6p7KHLABRL/zid2b35m8LN7yzlE/JU64Vpmbi2QPAQ5KxIxHbaWBIh1Dz+MX1VKw8iwWa/fykCi5/Yu79hnfs/e8oU/hHP139" +
            "NZRQUSz1paE+ZSGK/AJHalGeW+nwt1bdagxHGbA20rQkzwsiwn612t9vDDbTMXbTM8NGFn0i0tS3MtVgsndvwwI6SNFEjEuHfQn/rQ==");
        Assert.Equal("The Lzma data is broken (at byte 241)", Assert.Throws<PickleException>(() => Pickles.Read(file)).Message);
    }

    private static byte[] Zlib(byte[] bytes, CompressionLevel level) => Packed(bytes, packed => new ZLibStream(packed, level, leaveOpen: true));

    private static byte[] Bzip2(byte[] bytes) =>
        Packed(bytes, packed => BZip2Stream.Create(packed, SharpCompress.Compressors.CompressionMode.Compress, decompressConcatenated: false, leaveOpen: true));

    private static byte[] Packed(byte[] bytes, Func<Stream, Stream> open)
    {
        using var packed = new MemoryStream();
        using (var stream = open(packed))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>Gives a file byte by byte up to its middle, and fails there.</summary>
    private sealed class FailingStream(byte[] bytes) : ReadOnlyStream
    {
        private int _position;

        public override int Read(Span<byte> buffer)
        {
            if (_position > bytes.Length / 2)
            {
                throw new IOException("the disk is gone");
            }

            buffer[0] = bytes[_position++];
            return 1;
        }
    }
}
