using System.Buffers;

namespace Skiff.Numerics;

/// <summary>UTF-8 as Skiff holds text: like the standard's, but a lone surrogate is three bytes of its own (WTF-8).</summary>
public static class Utf8
{
    /// <summary>Reads the code point that starts at <paramref name="index"/> and moves past it.</summary>
    /// <remarks>The bytes must be well formed, which is checked once, where text enters.</remarks>
    public static int Decode(ReadOnlySpan<byte> text, ref int index)
    {
        int first = text[index];
        if (first < 0x80)
        {
            index++;
            return first;
        }

        if (first < 0xE0)
        {
            var two = ((first & 0x1F) << 6) | (text[index + 1] & 0x3F);
            index += 2;
            return two;
        }

        if (first < 0xF0)
        {
            var three = ((first & 0x0F) << 12) | ((text[index + 1] & 0x3F) << 6) | (text[index + 2] & 0x3F);
            index += 3;
            return three;
        }

        var four = ((first & 0x07) << 18) | ((text[index + 1] & 0x3F) << 12) | ((text[index + 2] & 0x3F) << 6) | (text[index + 3] & 0x3F);
        index += 4;
        return four;
    }

    /// <summary>Reads the code point that ends before <paramref name="index"/> and moves to its start.</summary>
    public static int DecodeBefore(ReadOnlySpan<byte> text, ref int index)
    {
        do
        {
            index--;
        }
        while ((text[index] & 0xC0) == 0x80);

        var start = index;
        return Decode(text, ref start);
    }

    /// <summary>Writes a code point and returns how many bytes it took (1 to 4).</summary>
    public static int Encode(int codePoint, Span<byte> destination)
    {
        if (codePoint < 0x80)
        {
            destination[0] = (byte)codePoint;
            return 1;
        }

        if (codePoint < 0x800)
        {
            destination[0] = (byte)(0xC0 | (codePoint >> 6));
            destination[1] = (byte)(0x80 | (codePoint & 0x3F));
            return 2;
        }

        if (codePoint < 0x10000)
        {
            destination[0] = (byte)(0xE0 | (codePoint >> 12));
            destination[1] = (byte)(0x80 | ((codePoint >> 6) & 0x3F));
            destination[2] = (byte)(0x80 | (codePoint & 0x3F));
            return 3;
        }

        destination[0] = (byte)(0xF0 | (codePoint >> 18));
        destination[1] = (byte)(0x80 | ((codePoint >> 12) & 0x3F));
        destination[2] = (byte)(0x80 | ((codePoint >> 6) & 0x3F));
        destination[3] = (byte)(0x80 | (codePoint & 0x3F));
        return 4;
    }

    /// <summary>How many code points the text has.</summary>
    public static int CountCodePoints(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
        {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    /// <summary>The text as UTF-8; a lone surrogate in the string stays one.</summary>
    public static byte[] GetBytes(ReadOnlySpan<char> text)
    {
        var buffer = new ByteBuffer(text.Length + 16);
        Append(text, buffer);
        return buffer.Written.ToArray();
    }

    /// <summary>Appends the text as UTF-8; a lone surrogate in the string stays one.</summary>
    public static void Append(ReadOnlySpan<char> text, ByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        while (!text.IsEmpty)
        {
            // Three bytes a unit are the most: a pair of surrogates takes four.
            var status = System.Text.Unicode.Utf8.FromUtf16(
                text, destination.GetSpan(3 * text.Length), out var read, out var written, replaceInvalidSequences: false);
            destination.Advance(written);
            text = text[read..];
            if (status != OperationStatus.Done)
            {
                destination.AppendCodePoint(text[0]);
                text = text[1..];
            }
        }
    }

    /// <summary>The text as a string; a lone surrogate stays one.</summary>
    public static string GetString(ReadOnlySpan<byte> text)
    {
        var builder = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var codePoint = Decode(text, ref i);
            if (codePoint < 0x10000)
            {
                builder.Append((char)codePoint);
            }
            else
            {
                builder.Append((char)(0xD800 + ((codePoint - 0x10000) >> 10)));
                builder.Append((char)(0xDC00 + ((codePoint - 0x10000) & 0x3FF)));
            }
        }

        return builder.ToString();
    }
}
