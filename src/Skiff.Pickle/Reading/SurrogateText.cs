using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Skiff.Pickle;

/// <summary>UTF-8 as Python's <c>surrogatepass</c> reads it: a lone surrogate is three bytes of its own.</summary>
internal static class SurrogateText
{
    /// <summary>Decodes text, or finds that it is none.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        var builder = new StringBuilder(bytes.Length);
        text = null;
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == System.Buffers.OperationStatus.Done)
            {
                builder.Append((char)(rune.IsBmp ? rune.Value : 0xD7C0 + (rune.Value >> 10)));
                if (!rune.IsBmp)
                {
                    builder.Append((char)(0xDC00 + (rune.Value & 0x3FF)));
                }
            }
            else if (bytes.Length >= 3 && bytes[0] == 0xED && bytes[1] is >= 0xA0 and <= 0xBF && bytes[2] is >= 0x80 and <= 0xBF)
            {
                builder.Append((char)(0xD000 | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F)));
                consumed = 3;
            }
            else
            {
                return false;
            }

            bytes = bytes[consumed..];
        }

        text = builder.ToString();
        return true;
    }
}
