using Skiff.Numerics;

namespace Skiff.Models;

/// <summary>A caller's text within a message: in quotes, cut where it is long, and on one line.</summary>
public static class Quoted
{
    private const int Longest = 40;

    /// <summary>The text in quotes.</summary>
    /// <param name="utf8">The text: well-formed UTF-8, lone surrogates as three bytes.</param>
    public static string Text(ReadOnlySpan<byte> utf8)
    {
        var text = Utf8.GetString(Head(utf8));
        var isCut = text.Length > Longest;
        var shown = isCut ? text[..Longest] : text;
        return string.Concat("\"", string.Create(shown.Length, shown, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        }), isCut ? "…\"" : "\"");
    }

    // Four bytes a character at most: no more is needed of a text that may be megabytes long.
    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> utf8)
    {
        var end = Math.Min(utf8.Length, 4 * (Longest + 1));
        while (end < utf8.Length && (utf8[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return utf8[..end];
    }
}
