using Skiff.Numerics;

namespace Skiff.Python.Unicode;

/// <content>How Python shows a text.</content>
public static partial class UnicodeText
{
    /// <summary><c>repr(str)</c>: in single quotes, or in double ones where only single ones occur inside; what does not print is escaped.</summary>
    public static void Repr(ReadOnlySpan<byte> text, ByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var quote = text.Contains((byte)'\'') && !text.Contains((byte)'"') ? (byte)'"' : (byte)'\'';
        destination.Append(quote);
        for (var index = 0; index < text.Length;)
        {
            var start = index;
            var codePoint = Utf8.Decode(text, ref index);
            if (codePoint == quote || codePoint == '\\')
            {
                destination.Append((byte)'\\');
                destination.Append((byte)codePoint);
            }
            else if (UnicodeData.IsPrintable(codePoint))
            {
                destination.Append(text[start..index]);
            }
            else
            {
                AppendEscape(codePoint, destination);
            }
        }

        destination.Append(quote);
    }

    private static void AppendEscape(int codePoint, ByteBuffer destination)
    {
        switch (codePoint)
        {
            case '\t':
                destination.Append("\\t"u8);
                return;
            case '\n':
                destination.Append("\\n"u8);
                return;
            case '\r':
                destination.Append("\\r"u8);
                return;
        }

        var (letter, digits) = codePoint < 0x100 ? ('x', 2) : codePoint < 0x10000 ? ('u', 4) : ('U', 8);
        destination.Append((byte)'\\');
        destination.Append((byte)letter);
        for (var shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        {
            destination.Append("0123456789abcdef"u8[(codePoint >> shift) & 15]);
        }
    }
}
