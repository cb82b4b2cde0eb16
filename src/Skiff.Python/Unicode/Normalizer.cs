using System.Buffers;
using Skiff.Numerics;

namespace Skiff.Python.Unicode;

/// <summary>Normalization (UAX 15) a segment at a time: text that no form can change is copied, the rest is taken apart and put together.</summary>
/// <remarks>A segment starts at a character that combines with nothing before it, and ends before the next one.</remarks>
internal ref struct Normalizer
{
    private const int SmallRun = 16;

    private readonly ByteBuffer _destination;
    private readonly byte _mayChange;
    private readonly bool _compatibility;
    private readonly bool _compose;
    private int[] _segment;
    private int _count;

    private Normalizer(NormalizationForm form, ByteBuffer destination)
    {
        _destination = destination;
        _compatibility = form is NormalizationForm.Nfkc or NormalizationForm.Nfkd;
        _compose = form is NormalizationForm.Nfc or NormalizationForm.Nfkc;
        _mayChange = (byte)(1 << ((_compatibility ? 1 : 0) + (_compose ? 2 : 0)));
        _segment = [];
    }

    internal static void Normalize(NormalizationForm form, ReadOnlySpan<byte> text, ByteBuffer destination)
    {
        var normalizer = new Normalizer(form, destination);
        try
        {
            normalizer.Run(text);
        }
        finally
        {
            if (normalizer._segment.Length > 0)
            {
                ArrayPool<int>.Shared.Return(normalizer._segment);
            }
        }
    }

    private void Run(ReadOnlySpan<byte> text)
    {
        var copied = 0;
        var index = 0;
        while (true)
        {
            var ascii = text[index..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (ascii < 0)
            {
                _destination.Append(text[copied..]);
                return;
            }

            index += ascii;
            var start = index;
            if (IsInert(Utf8.Decode(text, ref index)))
            {
                continue;
            }

            // What follows may compose with the character before it.
            if (_compose && start > copied)
            {
                Utf8.DecodeBefore(text, ref start);
            }

            _destination.Append(text[copied..start]);
            copied = index = Segment(text, start, index);
        }
    }

    private readonly bool IsInert(int codePoint)
    {
        var record = PropertyTable.Find(codePoint);
        return (PropertyTable.Quick[record] & _mayChange) == 0 && PropertyTable.Combining[record] == 0;
    }

    private int Segment(ReadOnlySpan<byte> text, int start, int end)
    {
        _count = 0;
        while (true)
        {
            while (start < end)
            {
                if (_segment.Length - _count < Decomposer.LongestExpansion)
                {
                    Grow();
                }

                _count += Decomposer.Decompose(Utf8.Decode(text, ref start), _compatibility, _segment.AsSpan(_count));
            }

            if (end == text.Length || IsInert(Utf8.Decode(text, ref end)))
            {
                break;
            }
        }

        Order();
        if (_compose)
        {
            Compose();
        }

        foreach (var codePoint in _segment.AsSpan(0, _count))
        {
            _destination.AppendCodePoint(codePoint);
        }

        return start;
    }

    private void Grow()
    {
        var larger = ArrayPool<int>.Shared.Rent(Math.Max(256, _segment.Length * 2));
        _segment.AsSpan(0, _count).CopyTo(larger);
        if (_segment.Length > 0)
        {
            ArrayPool<int>.Shared.Return(_segment);
        }

        _segment = larger;
    }

    /// <summary>Sorts every run of combining characters by class, equal classes in the order they came.</summary>
    private readonly void Order()
    {
        var segment = _segment.AsSpan(0, _count);
        for (var i = 0; i < segment.Length;)
        {
            if (UnicodeData.Combining(segment[i]) == 0)
            {
                i++;
                continue;
            }

            var start = i;
            while (i < segment.Length && UnicodeData.Combining(segment[i]) != 0)
            {
                i++;
            }

            var run = segment[start..i];
            if (run.Length <= SmallRun)
            {
                SortSmall(run);
            }
            else
            {
                SortLarge(run);
            }
        }
    }

    private static void SortSmall(Span<int> run)
    {
        for (var i = 1; i < run.Length; i++)
        {
            var moved = run[i];
            var combining = UnicodeData.Combining(moved);
            var place = i;
            while (place > 0 && UnicodeData.Combining(run[place - 1]) > combining)
            {
                run[place] = run[place - 1];
                place--;
            }

            run[place] = moved;
        }
    }

    /// <summary>By counting, so that a text made of nothing but accents takes linear time.</summary>
    private static void SortLarge(Span<int> run)
    {
        Span<int> places = stackalloc int[257];
        places.Clear();
        foreach (var codePoint in run)
        {
            places[UnicodeData.Combining(codePoint) + 1]++;
        }

        for (var i = 1; i < places.Length; i++)
        {
            places[i] += places[i - 1];
        }

        var sorted = ArrayPool<int>.Shared.Rent(run.Length);
        foreach (var codePoint in run)
        {
            sorted[places[UnicodeData.Combining(codePoint)]++] = codePoint;
        }

        sorted.AsSpan(0, run.Length).CopyTo(run);
        ArrayPool<int>.Shared.Return(sorted);
    }

    private void Compose()
    {
        var segment = _segment.AsSpan(0, _count);
        var starter = -1;
        var lastClass = 0;
        var kept = 0;
        foreach (var codePoint in segment)
        {
            var combining = UnicodeData.Combining(codePoint);
            var adjacent = kept == starter + 1;
            if (starter >= 0 && (adjacent || (lastClass < combining && lastClass != 0)))
            {
                var composed = Composer.Compose(segment[starter], codePoint);
                if (composed >= 0)
                {
                    segment[starter] = composed;
                    continue;
                }
            }

            if (combining == 0)
            {
                starter = kept;
            }

            lastClass = combining;
            segment[kept++] = codePoint;
        }

        _count = kept;
    }
}
