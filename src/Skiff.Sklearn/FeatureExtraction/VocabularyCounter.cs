using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Counts the terms that a vocabulary knows. Reused from text to text.</summary>
internal sealed class VocabularyCounter : TermSink
{
    private Vocabulary _vocabulary = null!;
    private int[] _columns = new int[64];
    private int _count;

    public void Begin(Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        _count = 0;
    }

    public override void Add(ReadOnlySpan<byte> term)
    {
        var column = _vocabulary.Find(term);
        if (column < 0)
        {
            return;
        }

        if (_count == _columns.Length)
        {
            Array.Resize(ref _columns, _count * 2);
        }

        _columns[_count++] = column;
    }

    /// <summary>Appends the row of what was counted, columns rising.</summary>
    public void Write(CsrBlock y, bool binary)
    {
        var columns = _columns.AsSpan(0, _count);
        columns.Sort();
        for (var i = 0; i < columns.Length;)
        {
            var end = i + 1;
            while (end < columns.Length && columns[end] == columns[i])
            {
                end++;
            }

            y.Append(columns[i], binary ? 1 : end - i);
            i = end;
        }

        y.EndRow();
        if (_columns.Length > 1 << 18)
        {
            _columns = new int[64];
        }
    }
}
