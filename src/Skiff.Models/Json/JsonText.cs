using System.Globalization;
using Skiff.Numerics;

namespace Skiff.Models;

/// <summary>Texts in JSON, in and out.</summary>
internal static class JsonText
{
    private static ReadOnlySpan<byte> Hex => "0123456789abcdef"u8;

    /// <summary>The content of a string value, with its escapes resolved: a slice of the text where it has none.</summary>
    /// <param name="quoted">A string that <see cref="JsonScanner"/> has accepted, with its quotes.</param>
    /// <param name="scratch">Takes the content where it has escapes; what it holds is lost.</param>
    internal static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> quoted, ByteBuffer scratch) => Unescape(quoted[1..^1], scratch);

    /// <summary>Resolves escapes. A surrogate that has no partner stays alone.</summary>
    internal static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw, ByteBuffer scratch)
    {
        var backslash = raw.IndexOf((byte)'\\');
        if (backslash < 0)
        {
            return raw;
        }

        scratch.Clear();
        do
        {
            scratch.Append(raw[..backslash]);
            var escape = raw[backslash + 1];
            raw = raw[(backslash + 2)..];
            if (escape == 'u')
            {
                scratch.AppendCodePoint(ReadCodePoint(ref raw));
            }
            else
            {
                scratch.Append(Simple(escape));
            }

            backslash = raw.IndexOf((byte)'\\');
        }
        while (backslash >= 0);

        scratch.Append(raw);
        return scratch.Written;
    }

    /// <summary>Appends a text with its quotes; UTF-8 unescaped but for what JSON demands, and for lone surrogates, which UTF-8 lacks.</summary>
    internal static void AppendQuoted(ByteBuffer destination, ReadOnlySpan<byte> text)
    {
        destination.Append((byte)'"');
        while (true)
        {
            var run = RunLength(text);
            destination.Append(text[..run]);
            if (run == text.Length)
            {
                break;
            }

            text = text[(run + AppendEscaped(destination, text[run..]))..];
        }

        destination.Append((byte)'"');
    }

    /// <summary>Appends a text with its quotes.</summary>
    internal static void AppendQuoted(ByteBuffer destination, string text) => AppendQuoted(destination, Utf8.GetBytes(text));

    private static int RunLength(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < 0x20 or (byte)'"' or (byte)'\\' || (text[i] == 0xED && i + 1 < text.Length && text[i + 1] >= 0xA0))
            {
                return i;
            }
        }

        return text.Length;
    }

    private static int AppendEscaped(ByteBuffer destination, ReadOnlySpan<byte> text)
    {
        if (text[0] == 0xED)
        {
            var index = 0;
            AppendUnicodeEscape(destination, Utf8.Decode(text, ref index));
            return index;
        }

        var letter = text[0] switch
        {
            (byte)'"' => (byte)'"',
            (byte)'\\' => (byte)'\\',
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            _ => (byte)0,
        };
        if (letter == 0)
        {
            AppendUnicodeEscape(destination, text[0]);
        }
        else
        {
            destination.Append((byte)'\\');
            destination.Append(letter);
        }

        return 1;
    }

    private static void AppendUnicodeEscape(ByteBuffer destination, int unit)
    {
        destination.Append("\\u"u8);
        for (var shift = 12; shift >= 0; shift -= 4)
        {
            destination.Append(Hex[(unit >> shift) & 0xF]);
        }
    }

    private static int ReadCodePoint(ref ReadOnlySpan<byte> raw)
    {
        var first = ReadUnit(ref raw);
        if (first is < 0xD800 or > 0xDBFF || !raw.StartsWith("\\u"u8))
        {
            return first;
        }

        var rest = raw[2..];
        var second = ReadUnit(ref rest);
        if (second is < 0xDC00 or > 0xDFFF)
        {
            return first;
        }

        raw = rest;
        return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    }

    private static int ReadUnit(ref ReadOnlySpan<byte> raw)
    {
        var unit = int.Parse(raw[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        raw = raw[4..];
        return unit;
    }

    private static byte Simple(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,
    };
}
