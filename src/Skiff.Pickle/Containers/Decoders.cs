using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using K4os.Compression.LZ4.Streams;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.LZMA;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Skiff.Pickle;

/// <summary>Who inflates what. Dictionaries are judged by the header, before a decoder allocates one.</summary>
internal static class Decoders
{
    private const int LzmaHeaderBytes = 13;
    private const int SmallestWindow = 1 << 12;
    private const int LargestPooled = 1 << 30;

    /// <summary>The inflated bytes of a container.</summary>
    /// <param name="compressed">The container's bytes, from its first.</param>
    /// <param name="head">The first of them.</param>
    /// <param name="container">Its kind.</param>
    /// <param name="options">Of these the dictionary's size.</param>
    /// <exception cref="PickleException">The header is broken, or asks for too large a dictionary.</exception>
    public static Stream Open(CountingStream compressed, ReadOnlySpan<byte> head, PickleContainer container, PickleOptions options)
    {
        switch (container)
        {
            case PickleContainer.Zlib:
                return new ZLibStream(compressed, System.IO.Compression.CompressionMode.Decompress, leaveOpen: true);
            case PickleContainer.ZFile:
                SkipZFileHeader(compressed, head);
                return new ZLibStream(compressed, System.IO.Compression.CompressionMode.Decompress, leaveOpen: true);
            case PickleContainer.Gzip:
                return new GZipStream(compressed, System.IO.Compression.CompressionMode.Decompress, leaveOpen: true);
            case PickleContainer.Bzip2:
                return BZip2Stream.Create(Buffered(compressed), SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: true, leaveOpen: true);
            case PickleContainer.Xz:
                return new XzStream(compressed, options.MaxDictionaryBytes);
            case PickleContainer.Lzma:
                return OpenLzma(compressed, head, options);
            case PickleContainer.Lz4:
                return LZ4Stream.Decode(compressed, leaveOpen: true);
            default:
                var zstd = new DecompressionStream(compressed, leaveOpen: true);
                zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, Math.Clamp(BitOperations.Log2((ulong)options.MaxDictionaryBytes), 10, 30));
                return zstd;
        }
    }

    /// <summary>These decoders take one byte at a time.</summary>
    private static BufferedStream Buffered(CountingStream compressed) => new(compressed, 64 << 10);

    private static LzmaStream OpenLzma(CountingStream compressed, ReadOnlySpan<byte> head, PickleOptions options)
    {
        if (head.Length < LzmaHeaderBytes)
        {
            throw new PickleException("The lzma header is cut short", head.Length);
        }

        PrepareWindow(BinaryPrimitives.ReadUInt32LittleEndian(head[1..]), options.MaxDictionaryBytes);
        var size = BinaryPrimitives.ReadInt64LittleEndian(head[5..]);
        Skip(compressed, LzmaHeaderBytes);
        return LzmaStream.Create(head[..5].ToArray(), Buffered(compressed), -1, size < 0 ? -1 : size, leaveOpen: true);
    }

    /// <summary>Refuses a dictionary that is too large, and sees to it that the decoder made next on this thread finds it empty.</summary>
    public static void PrepareWindow(long size, long maximum)
    {
        if (size > maximum)
        {
            throw new PickleException(
                $"The file asks for a dictionary of {size} bytes to inflate it, more than {maximum} (PickleOptions.MaxDictionaryBytes)", 0);
        }

        // SharpCompress rents the window and leaves in it what was there. Broken data can look at it: bytes of another file, by which the same file is read at
        // one time and refused at another. Of a size a thread gets back what it returned last. One of its decoders makes no window below 4 KiB.
        if (size <= LargestPooled)
        {
            Clear((int)size);
            Clear(SmallestWindow);
        }
    }

    private static void Clear(int size)
    {
        var window = ArrayPool<byte>.Shared.Rent(size);
        window.AsSpan().Clear();
        ArrayPool<byte>.Shared.Return(window);
    }

    /// <summary>
    /// <c>ZF</c>, then the inflated length in hexadecimal, padded to 19 characters (to 20 by joblib up to 0.8.4 on Python 2), then zlib:
    /// <c>read_zfile</c> of <c>joblib/numpy_pickle_compat.py</c>.
    /// </summary>
    private static void SkipZFileHeader(CountingStream compressed, ReadOnlySpan<byte> head)
    {
        const int HeaderBytes = 21;
        if (head.Length <= HeaderBytes)
        {
            throw new PickleException("The header of joblib's zlib file is cut short", head.Length);
        }

        Skip(compressed, head[HeaderBytes] == (byte)' ' ? HeaderBytes + 1 : HeaderBytes);
    }

    private static void Skip(CountingStream compressed, int count)
    {
        Span<byte> skipped = stackalloc byte[count];
        compressed.ReadExactly(skipped);
    }
}
