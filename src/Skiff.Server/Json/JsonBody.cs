using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>The body of a request as text: is it UTF-8, and which character is a byte of it.</summary>
internal static class JsonBody
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Takes a mark of the byte order off, as Python does.</summary>
    internal static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) => body.StartsWith(Mark) ? body[Mark.Length..] : body;

    /// <summary>The first byte that is not UTF-8, or -1. Surrogates of three bytes are taken, as Python's <c>json.loads(bytes)</c> takes them.</summary>
    internal static int FindInvalidByte(ReadOnlySpan<byte> text) =>
        System.Text.Unicode.Utf8.IsValid(text) ? -1 : FindInvalidByteSlowly(text);

    /// <summary>The character that a byte belongs to, counted as Python counts.</summary>
    internal static int CharacterOffset(ReadOnlySpan<byte> text, int position) => Utf8.CountCodePoints(text[..position]);

    private static int FindInvalidByteSlowly(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (IsSurrogate(text[at..]))
            {
                at += 3;
                continue;
            }

            var status = System.Text.Rune.DecodeFromUtf8(text[at..], out _, out var consumed);
            if (status != System.Buffers.OperationStatus.Done)
            {
                return at;
            }

            at += consumed;
        }

        return -1;
    }

    private static bool IsSurrogate(ReadOnlySpan<byte> text) =>
        text.Length >= 3 && text[0] == 0xED && text[1] is >= 0xA0 and <= 0xBF && text[2] is >= 0x80 and <= 0xBF;
}
