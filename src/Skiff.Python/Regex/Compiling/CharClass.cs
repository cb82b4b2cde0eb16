using System.Buffers;
using Skiff.Numerics;
using Skiff.Python.Unicode;

namespace Skiff.Python.Regex;

/// <summary>The characters that one place of a pattern takes: a table for ASCII, ranges and categories beyond. Immutable.</summary>
internal sealed class CharClass
{
    private const byte Out = 0;
    private const byte In = 1;
    private const byte Ask = 2;

    /// <summary>A run this long is worth a vector's start.</summary>
    private const int LongRun = 12;

    private readonly int[] _ranges;
    private readonly int[] _upperRanges;
    private readonly int _categories;
    private readonly bool _negated;
    private readonly CaseFolding _folding;
    private readonly bool _ascii;
    private readonly byte[] _bytes = new byte[256];
    private readonly SearchValues<byte> _runs;

    internal CharClass(int[] ranges, int[] upperRanges, int categories, bool negated, CaseFolding folding, bool ascii)
    {
        _ranges = ranges;
        _upperRanges = upperRanges;
        _categories = categories;
        _negated = negated;
        _folding = folding;
        _ascii = ascii;
        for (var i = 0; i < 128; i++)
        {
            _bytes[i] = Decide(i) ? In : Out;
        }

        _bytes.AsSpan(128).Fill(Beyond());
        Span<byte> runs = stackalloc byte[256];
        var count = 0;
        for (var i = 0; i < 256; i++)
        {
            if (_bytes[i] == In)
            {
                runs[count++] = (byte)i;
            }
        }

        _runs = SearchValues.Create(runs[..count]);
    }

    /// <summary>Whether a character that starts with this byte may belong.</summary>
    internal bool MayStartWith(byte value) => _bytes[value] != Out && value is < 0x80 or > 0xC1;

    /// <summary>Takes one character, if it belongs.</summary>
    internal bool Take(ReadOnlySpan<byte> text, ref int position)
    {
        if ((uint)position >= (uint)text.Length)
        {
            return false;
        }

        int first = text[position];
        var known = _bytes[first];
        if (first < 0x80)
        {
            position += known;
            return known == In;
        }

        var next = position;
        var codePoint = Utf8.Decode(text, ref next);
        if (known == Out || (known == Ask && !Decide(codePoint)))
        {
            return false;
        }

        position = next;
        return true;
    }

    /// <summary>Takes all that belong, without end, and returns where they end.</summary>
    internal int TakeAll(ReadOnlySpan<byte> text, int position)
    {
        var bytes = _bytes;
        var longRun = position + LongRun;
        while ((uint)position < (uint)text.Length)
        {
            var known = bytes[text[position]];
            if (known == In)
            {
                position++;
                if (position == longRun)
                {
                    position = SkipRun(text, position);
                    longRun = position + LongRun;
                }
            }
            else if (known == Out)
            {
                break;
            }
            else
            {
                var next = position;
                if (!Decide(Utf8.Decode(text, ref next)))
                {
                    break;
                }

                position = next;
                longRun = position + LongRun;
            }
        }

        return position;
    }

    /// <summary>Takes at most so many that belong.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Where to start; then where they end.</param>
    /// <param name="maximum">The most to take.</param>
    /// <returns>How many belong.</returns>
    internal int TakeUpTo(ReadOnlySpan<byte> text, ref int position, int maximum)
    {
        var count = 0;
        while (count < maximum && Take(text, ref position))
        {
            count++;
        }

        return count;
    }

    private int SkipRun(ReadOnlySpan<byte> text, int position)
    {
        var rest = text[position..].IndexOfAnyExcept(_runs);
        return rest < 0 ? text.Length : position + rest;
    }

    private bool Decide(int codePoint)
    {
        var lower = _folding.Lower(codePoint);
        return (InRanges(_ranges, lower) || InCategories(lower) || InUpperRanges(lower)) != _negated;
    }

    private bool InUpperRanges(int lower) => _upperRanges.Length > 0 && InRanges(_upperRanges, UnicodeData.ToUpper(lower));

    private bool InCategories(int codePoint)
    {
        if (_categories == 0)
        {
            return false;
        }

        return Has(SetCategory.Digit, SetCategory.NotDigit, IsDigit(codePoint))
            || Has(SetCategory.Space, SetCategory.NotSpace, IsSpace(codePoint))
            || Has(SetCategory.Word, SetCategory.NotWord, WordCharacter.Is(codePoint, _ascii));
    }

    private bool Has(SetCategory category, SetCategory opposite, bool belongs) =>
        (_categories & (1 << (int)(belongs ? category : opposite))) != 0;

    private bool IsDigit(int codePoint) => _ascii ? codePoint is >= '0' and <= '9' : UnicodeData.IsDecimal(codePoint);

    private bool IsSpace(int codePoint) => _ascii ? codePoint is ' ' or (>= '\t' and <= '\r') : UnicodeData.IsSpace(codePoint);

    private static bool InRanges(int[] ranges, int codePoint)
    {
        var low = 0;
        var high = ranges.Length / 2;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[(2 * middle) + 1] < codePoint)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return 2 * low < ranges.Length && ranges[2 * low] <= codePoint;
    }

    /// <summary>What is known of every character beyond ASCII at once.</summary>
    private byte Beyond()
    {
        const int Negatives = (1 << (int)SetCategory.NotDigit) | (1 << (int)SetCategory.NotSpace) | (1 << (int)SetCategory.NotWord);
        if (_folding == CaseFolding.Unicode || _upperRanges.Length > 0 || (_categories != 0 && !_ascii))
        {
            return Ask;
        }

        var all = (_categories & Negatives) != 0 || (_ranges.Length > 0 && _ranges[^2] <= 0x80 && _ranges[^1] == 0x10FFFF);
        var none = (_categories & Negatives) == 0 && (_ranges.Length == 0 || _ranges[^1] < 0x80);
        return all || none ? (all != _negated ? In : Out) : Ask;
    }
}
