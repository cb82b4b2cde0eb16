using System.IO.Compression;
using K4os.Compression.LZ4.Streams;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.LZMA;
using Skiff.TestKit.Pickles;
using ZstdSharp;

namespace Skiff.Sklearn.Tests.Hostile;

/// <summary>
/// Files of some kilobytes that inflate to gigabytes. They are cut off where the reader is sure to have stopped, as what would follow is more
/// of the same.
/// </summary>
internal static class HostileBombs
{
    private const string Exhausts = "MemoryError, or the kernel ends the process";
    private const int FileBytes = 64 << 10;
    private const int Inflated = 80 << 20;

    private static readonly byte[] Zeros = new byte[1 << 20];

    // A byte string of 3 GiB, within what one array may have.
    private static readonly byte[] Claim = [0x80, 4, 0x8E, 0, 0, 0, 0xC0, 0, 0, 0, 0];

    // Byte strings of a megabyte that are thrown away, so that each is as good as the last.
    private static readonly byte[] Piece = [(byte)'B', 0, 0, 0x10, 0, .. Zeros, (byte)'0'];

    private static readonly byte[] Lists = new PickleAssembler().Repeat(1 << 19, (byte)']', (byte)'0').ToArray();

    private static readonly byte[] Nothings = new PickleAssembler().Repeat(1 << 19, (byte)'N', (byte)'0').ToArray();

    public static IEnumerable<HostileFile> All =>
    [
        .. Kinds.Select(kind => new HostileFile($"array.{kind}", Exhausts, _ => Pack(kind, Claim, Zeros, 4 << 20))),
        .. Kinds.Where(kind => kind != "lzma").Select(kind => new HostileFile($"pieces.{kind}", "loads, once it has inflated everything", _ => Pack(kind, [0x80, 4], Piece, Inflated))
        {
            MaximumBytes = 96L << 20,
        }),

        // 500 times the file is less than 200 MB.
        new("lists.zlib", Exhausts, _ => Pack("zlib", [0x80, 4], Lists, Inflated)) { MaximumBytes = 200L << 20 },
        new("nothings.zlib", "loads, once it has inflated everything", _ => Pack("zlib", [0x80, 4], Nothings, Inflated)),
        new("dictionary.xz", Exhausts, _ => Convert.FromHexString("FD377A585A0000004141414102002101260000004141414101")),
        new("dictionary.lzma", Exhausts, _ => Convert.FromHexString("5D00000080FFFFFFFFFFFFFFFF0041")),
        new("window.zst", Exhausts, _ => Convert.FromHexString("28B52FFD00A841414141")),
    ];

    private static string[] Kinds => ["zlib", "gz", "bz2", "lzma", "zst", "lz4"];

    private static byte[] Pack(string kind, byte[] start, byte[] again, int length)
    {
        using var packed = new MemoryStream();
        using (var stream = Open(kind, packed))
        {
            stream.Write(start);
            for (var written = 0; written < length; written += again.Length)
            {
                stream.Write(again);
            }
        }

        // What the file is padded with lies beyond what is read of it; small files only would have sizes of their own with every compressor.
        var bytes = packed.ToArray();
        System.Array.Resize(ref bytes, Math.Max(FileBytes, (bytes.Length + FileBytes - 1) / FileBytes * FileBytes));
        return bytes;
    }

    private static Stream Open(string kind, Stream packed) => kind switch
    {
        "zlib" => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
        "gz" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
        "bz2" => BZip2Stream.Create(packed, SharpCompress.Compressors.CompressionMode.Compress, decompressConcatenated: false, leaveOpen: true),
        "zst" => new CompressionStream(packed, leaveOpen: true),
        "lz4" => LZ4Stream.Encode(packed, leaveOpen: true),
        _ => Lzma(packed),
    };

    private static LzmaStream Lzma(Stream packed)
    {
        // The properties and an unknown length make the header of a file of its own.
        var stream = LzmaStream.Create(LzmaEncoderProperties.Default, false, packed);
        packed.Write(stream.Properties);
        packed.Write([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        return stream;
    }
}
