using Skiff.Numerics;

namespace Skiff.Python.Regex;

/// <summary>
/// The tokens of scikit-learn's default <c>token_pattern</c>, <c>(?u)\b\w\w+\b</c>, found without a regular expression: every run of two or more
/// word characters. Enumerates ranges of bytes; allocates nothing.
/// </summary>
public ref struct WordTokenizer
{
    /// <summary>The pattern that this stands for.</summary>
    public const string Pattern = @"(?u)\b\w\w+\b";

    private readonly ReadOnlySpan<byte> _text;
    private int _position;

    /// <summary>Starts at the beginning of a text.</summary>
    /// <param name="text">UTF-8.</param>
    public WordTokenizer(ReadOnlySpan<byte> text)
    {
        _text = text;
    }

    /// <summary>The bytes of the token that was found last.</summary>
    public Range Current { get; private set; }

    /// <summary>Whether a pattern is one whose tokens this finds.</summary>
    /// <param name="pattern">The pattern, compiled without flags.</param>
    public static bool TryMatch(ReadOnlySpan<byte> pattern) => pattern.SequenceEqual(@"(?u)\b\w\w+\b"u8) || pattern.SequenceEqual(@"\b\w\w+\b"u8);

    /// <summary>For <c>foreach</c>.</summary>
    public readonly WordTokenizer GetEnumerator() => this;

    /// <summary>Finds the next token.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        var text = _text;
        var position = _position;
        while (position < text.Length)
        {
            var start = position;
            var characters = 0;
            var next = position;
            while (next < text.Length && IsWord(text, ref next))
            {
                characters++;
                position = next;
            }

            if (characters == 0)
            {
                position = next;
            }
            else if (characters > 1)
            {
                Current = start..position;
                _position = position;
                return true;
            }
        }

        _position = position;
        return false;
    }

    /// <summary>Moves past one character and says whether it is of a word.</summary>
    private static bool IsWord(ReadOnlySpan<byte> text, ref int position)
    {
        int first = text[position];
        if (first < 0x80)
        {
            position++;
            return AsciiWords[first] != 0;
        }

        return WordCharacter.Is(Utf8.Decode(text, ref position), ascii: false);
    }

    private static ReadOnlySpan<byte> AsciiWords =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
    ];
}
