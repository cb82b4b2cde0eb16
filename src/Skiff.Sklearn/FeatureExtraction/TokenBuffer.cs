using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>
/// The tokens of one text, one behind the other with a space between, so that a run of them is an n-gram as scikit-learn joins it, without being
/// copied once more.
/// </summary>
internal sealed class TokenBuffer
{
    private readonly ByteBuffer _bytes = new();
    private int[] _starts = new int[64];
    private int[] _ends = new int[64];
    private Vocabulary? _stopWords;

    public int Count { get; private set; }

    /// <summary>Forgets all tokens.</summary>
    /// <param name="stopWords">Words that are not taken, or null.</param>
    public void Begin(Vocabulary? stopWords)
    {
        _bytes.Clear();
        Count = 0;
        _stopWords = stopWords;
    }

    /// <summary>Takes a token unless it is a stop word.</summary>
    public void Add(ReadOnlySpan<byte> token)
    {
        if (_stopWords is not null && _stopWords.Find(token) >= 0)
        {
            return;
        }

        if (Count == _starts.Length)
        {
            Array.Resize(ref _starts, Count * 2);
            Array.Resize(ref _ends, Count * 2);
        }

        if (Count > 0)
        {
            _bytes.Append((byte)' ');
        }

        _starts[Count] = _bytes.Length;
        _bytes.Append(token);
        _ends[Count++] = _bytes.Length;
    }

    /// <summary>The n-gram of <paramref name="count"/> tokens from <paramref name="first"/> on.</summary>
    public ReadOnlySpan<byte> Ngram(int first, int count) => _bytes.Written[_starts[first].._ends[first + count - 1]];

    /// <summary>Gives memory above a bound back, after one large text.</summary>
    public void Trim(int maximum)
    {
        _bytes.Trim(maximum);
        if (_starts.Length > maximum)
        {
            _starts = new int[64];
            _ends = new int[64];
        }
    }
}
