using System.Security.Cryptography;

namespace Skiff.Registry;

/// <summary>The SHA-256 sum of a file, in lower-case hexadecimal.</summary>
internal static class FileHash
{
    private const int BufferSize = 1 << 16;

    /// <summary>The sum of an empty file.</summary>
    internal static string OfNothing { get; } = Compute([]);

    internal static string Compute(string path)
    {
        // Whoever writes or renames the file must not be hindered by its being read.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    internal static string Compute(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
