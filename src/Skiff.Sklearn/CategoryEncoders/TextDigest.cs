using System.Security.Cryptography;
using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>A digest of Python's <c>hashlib</c>, by its name there.</summary>
internal sealed class TextDigest
{
    private const int LongestDigest = 64;

    private readonly Digest _digest;

    /// <param name="name">Its name.</param>
    /// <param name="node">Where it is read.</param>
    /// <exception cref="ModelLoadException">It is none that is computed here.</exception>
    public TextDigest(string name, EstimatorNode node) => _digest = name switch
    {
        "md5" => MD5.HashData,
        "sha1" => SHA1.HashData,
        "sha256" => SHA256.HashData,
        "sha384" => SHA384.HashData,
        "sha512" => SHA512.HashData,
        _ => throw node.Error($"'hash_method' is '{name}'; md5, sha1, sha256, sha384 and sha512 can be served"),
    };

    private delegate int Digest(ReadOnlySpan<byte> text, Span<byte> digest);

    /// <summary>What the digest, read as one number from its first byte on, leaves when divided by <paramref name="divisor"/>.</summary>
    public int Remainder(ReadOnlySpan<byte> text, int divisor)
    {
        Span<byte> digest = stackalloc byte[LongestDigest];
        var length = _digest(text, digest);
        var remainder = 0L;
        foreach (var value in digest[..length])
        {
            remainder = ((remainder << 8) | value) % divisor;
        }

        return (int)remainder;
    }
}
