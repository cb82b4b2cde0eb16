using Skiff.Numerics;
using Skiff.Python.Unicode;

namespace Skiff.Sklearn;

/// <summary>The n-grams of characters: over the whole text (<c>char</c>), or within words padded with a space on either side (<c>char_wb</c>).</summary>
/// <param name="shortest">Characters of the shortest.</param>
/// <param name="longest">Characters of the longest.</param>
/// <param name="withinWords">Whether n-grams stay within words.</param>
/// <remarks>scikit-learn 1.9, <c>sklearn/feature_extraction/text.py</c>, <c>_char_ngrams</c>, <c>_char_wb_ngrams</c>; the same since 0.22.</remarks>
internal sealed class CharacterNgrams(int shortest, int longest, bool withinWords)
{
    public void Add(ReadOnlySpan<byte> text, AnalyzerState state, TermSink sink)
    {
        if (withinWords)
        {
            AddWords(text, state, sink);
            return;
        }

        var collapsed = state.Third;
        collapsed.Clear();
        CollapseWhitespace(text, collapsed);
        var count = Locate(collapsed.Written, state);
        for (var n = shortest; n <= longest && n <= count; n++)
        {
            AddAll(collapsed.Written, state.Offsets, count, n, sink);
        }
    }

    // Runs of two and more white space characters become one space; a single one stays what it is.
    private static void CollapseWhitespace(ReadOnlySpan<byte> text, ByteBuffer destination)
    {
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var codePoint = Utf8.Decode(text, ref i);
            if (!UnicodeData.IsSpace(codePoint))
            {
                destination.Append(text[start..i]);
                continue;
            }

            var first = i;
            var next = i;
            while (next < text.Length && UnicodeData.IsSpace(Utf8.Decode(text, ref next)))
            {
                i = next;
            }

            destination.Append(i > first ? " "u8 : text[start..first]);
        }
    }

    private static int Locate(ReadOnlySpan<byte> text, AnalyzerState state)
    {
        var offsets = state.OffsetsFor(text.Length + 1);
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if ((text[i] & 0xC0) != 0x80)
            {
                offsets[count++] = i;
            }
        }

        offsets[count] = text.Length;
        return count;
    }

    private static void AddAll(ReadOnlySpan<byte> text, int[] offsets, int count, int n, TermSink sink)
    {
        for (var first = 0; first + n <= count; first++)
        {
            sink.Add(text[offsets[first]..offsets[first + n]]);
        }
    }

    private void AddWords(ReadOnlySpan<byte> text, AnalyzerState state, TermSink sink)
    {
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (UnicodeData.IsSpace(Utf8.Decode(text, ref i)))
            {
                continue;
            }

            var end = i;
            while (end < text.Length && !UnicodeData.IsSpace(Utf8.Decode(text, ref i)))
            {
                end = i;
            }

            var word = state.Third;
            word.Clear();
            word.Append((byte)' ');
            word.Append(text[start..end]);
            word.Append((byte)' ');
            i = end;
            AddWord(word.Written, state, sink);
        }
    }

    private void AddWord(ReadOnlySpan<byte> word, AnalyzerState state, TermSink sink)
    {
        var count = Locate(word, state);
        for (var n = shortest; n <= longest; n++)
        {
            if (n >= count)
            {
                // A word no longer than the n-gram counts whole, and once.
                sink.Add(word);
                return;
            }

            AddAll(word, state.Offsets, count, n, sink);
        }
    }
}
