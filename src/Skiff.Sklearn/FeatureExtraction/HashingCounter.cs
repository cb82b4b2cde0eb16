using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Counts terms by the hash that gives their column. Reused from text to text.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/feature_extraction/_hashing_fast.pyx</c>; the same since 0.22.</remarks>
internal sealed class HashingCounter : TermSink
{
    // The column, and in the lowest bit whether the term counts negative.
    private long[] _terms = new long[64];
    private int _count;
    private int _features;
    private bool _alternateSign;

    public void Begin(int features, bool alternateSign)
    {
        _features = features;
        _alternateSign = alternateSign;
        _count = 0;
    }

    public override void Add(ReadOnlySpan<byte> term)
    {
        var hash = MurmurHash.Hash32(term);
        var column = Math.Abs((long)hash) % _features;
        if (_count == _terms.Length)
        {
            Array.Resize(ref _terms, _count * 2);
        }

        _terms[_count++] = (column << 1) | (_alternateSign && hash < 0 ? 1L : 0L);
    }

    /// <summary>Appends the row of what was counted, columns rising; a column whose terms cancel out stays, as in scikit-learn.</summary>
    public void Write(CsrBlock y, bool binary)
    {
        var terms = _terms.AsSpan(0, _count);
        terms.Sort();
        for (var i = 0; i < terms.Length;)
        {
            var column = terms[i] >> 1;
            var sum = 0;
            for (; i < terms.Length && terms[i] >> 1 == column; i++)
            {
                sum += (terms[i] & 1) == 0 ? 1 : -1;
            }

            y.Append((int)column, binary ? 1 : sum);
        }

        y.EndRow();
        if (_terms.Length > 1 << 18)
        {
            _terms = new long[64];
        }
    }
}
