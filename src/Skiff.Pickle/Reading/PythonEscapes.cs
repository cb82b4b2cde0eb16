using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Skiff.Pickle;

/// <summary>The escapes of protocol 0's texts.</summary>
internal static class PythonEscapes
{
    /// <summary>
    /// Python's <c>raw-unicode-escape</c>: Latin-1, with <c>\uXXXX</c> and <c>\UXXXXXXXX</c> after an odd number of backslashes, and no other escape.
    /// </summary>
    public static bool TryDecodeRawUnicode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        var builder = new StringBuilder(bytes.Length);
        text = null;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != (byte)'\\')
            {
                builder.Append((char)bytes[i]);
                continue;
            }

            var digits = i + 1 == bytes.Length ? 0 : bytes[i + 1] switch { (byte)'u' => 4, (byte)'U' => 8, _ => 0 };
            if (digits == 0)
            {
                // A backslash that starts no escape stands for itself, together with one that follows it.
                builder.Append('\\');
                if (i + 1 < bytes.Length && bytes[i + 1] == (byte)'\\')
                {
                    builder.Append('\\');
                    i++;
                }

                continue;
            }

            if (!TryReadHex(bytes, i + 2, digits, out var codePoint) || codePoint > 0x10FFFF)
            {
                return false;
            }

            Append(builder, codePoint);
            i += digits + 1;
        }

        text = builder.ToString();
        return true;
    }

    /// <summary>The escapes of a Python 2 string (<c>codecs.escape_decode</c>), its bytes taken as Latin-1.</summary>
    public static bool TryDecodeString(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        var builder = new StringBuilder(bytes.Length);
        text = null;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != (byte)'\\')
            {
                builder.Append((char)bytes[i]);
                continue;
            }

            if (++i == bytes.Length)
            {
                return false;
            }

            if (bytes[i] == (byte)'x')
            {
                if (!TryReadHex(bytes, i + 1, 2, out var value))
                {
                    return false;
                }

                builder.Append((char)value);
                i += 2;
            }
            else if (bytes[i] is >= (byte)'0' and <= (byte)'7')
            {
                var value = 0;
                var end = Math.Min(bytes.Length, i + 3);
                for (; i < end && bytes[i] is >= (byte)'0' and <= (byte)'7'; i++)
                {
                    value = (value * 8) + (bytes[i] - '0');
                }

                builder.Append((char)(value & 0xFF));
                i--;
            }
            else
            {
                AppendSimpleEscape(builder, (char)bytes[i]);
            }
        }

        text = builder.ToString();
        return true;
    }

    private static void AppendSimpleEscape(StringBuilder builder, char c)
    {
        var value = c switch
        {
            '\\' or '\'' or '"' => c,
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            _ => '\0',
        };
        _ = value == '\0' ? builder.Append('\\').Append(c) : builder.Append(value);
    }

    private static void Append(StringBuilder builder, uint codePoint)
    {
        if (codePoint < 0x10000)
        {
            builder.Append((char)codePoint);
            return;
        }

        builder.Append((char)(0xD7C0 + (codePoint >> 10))).Append((char)(0xDC00 + (codePoint & 0x3FF)));
    }

    private static bool TryReadHex(ReadOnlySpan<byte> bytes, int start, int digits, out uint value)
    {
        value = 0;
        return start + digits <= bytes.Length
            && Utf8Parser.TryParse(bytes.Slice(start, digits), out value, out var consumed, 'x')
            && consumed == digits;
    }
}
