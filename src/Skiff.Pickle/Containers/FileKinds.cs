namespace Skiff.Pickle;

/// <summary>Tells by its first bytes what a file is: a pickle, a container of one, or something else that deserves its name in the message.</summary>
internal static class FileKinds
{
    /// <summary>The container that the file is.</summary>
    /// <param name="head">The first bytes, as many as there are up to some hundred.</param>
    /// <exception cref="PickleException">The file is empty, or known to be something else.</exception>
    public static PickleContainer Detect(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            throw new PickleException("The file is empty", 0);
        }

        if (IsZlib(head))
        {
            return PickleContainer.Zlib;
        }

        return head.StartsWith("\u001f"u8) ? PickleContainer.Gzip : PickleContainer.None;
    }

    /// <summary>A zlib header: deflate with a window of up to 32 KiB, and a sum that is a multiple of 31 (RFC 1950).</summary>
    private static bool IsZlib(ReadOnlySpan<byte> head) =>
        head.Length >= 2 && (head[0] & 0x0F) == 8 && head[0] >> 4 <= 7 && ((head[0] << 8) | head[1]) % 31 == 0;
}
