using Skiff.Numerics;

namespace Skiff.Python.Unicode;

/// <content>Trimming.</content>
public static partial class UnicodeText
{
    /// <summary><c>str.strip()</c>: without whitespace at both ends.</summary>
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> text) => StripEnd(StripStart(text));

    /// <summary><c>str.lstrip()</c>.</summary>
    public static ReadOnlySpan<byte> StripStart(ReadOnlySpan<byte> text)
    {
        var index = 0;
        while (index < text.Length)
        {
            var next = index;
            if (!UnicodeData.IsSpace(Utf8.Decode(text, ref next)))
            {
                break;
            }

            index = next;
        }

        return text[index..];
    }

    /// <summary><c>str.rstrip()</c>.</summary>
    public static ReadOnlySpan<byte> StripEnd(ReadOnlySpan<byte> text)
    {
        var length = text.Length;
        while (length > 0)
        {
            var before = length;
            if (!UnicodeData.IsSpace(Utf8.DecodeBefore(text, ref before)))
            {
                break;
            }

            length = before;
        }

        return text[..length];
    }

    /// <summary><c>str.strip(chars)</c>: without the characters of <paramref name="characters"/> at both ends.</summary>
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> text, ReadOnlySpan<byte> characters) =>
        StripEnd(StripStart(text, characters), characters);

    /// <summary><c>str.lstrip(chars)</c>.</summary>
    public static ReadOnlySpan<byte> StripStart(ReadOnlySpan<byte> text, ReadOnlySpan<byte> characters)
    {
        var index = 0;
        while (index < text.Length)
        {
            var next = index;
            Utf8.Decode(text, ref next);
            if (!Contains(characters, text[index..next]))
            {
                break;
            }

            index = next;
        }

        return text[index..];
    }

    /// <summary><c>str.rstrip(chars)</c>.</summary>
    public static ReadOnlySpan<byte> StripEnd(ReadOnlySpan<byte> text, ReadOnlySpan<byte> characters)
    {
        var length = text.Length;
        while (length > 0)
        {
            var before = length;
            Utf8.DecodeBefore(text, ref before);
            if (!Contains(characters, text[before..length]))
            {
                break;
            }

            length = before;
        }

        return text[..length];
    }

    private static bool Contains(ReadOnlySpan<byte> characters, ReadOnlySpan<byte> character) => characters.IndexOf(character) >= 0;
}
