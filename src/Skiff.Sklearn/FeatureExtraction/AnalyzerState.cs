using Skiff.Numerics;
using Skiff.Python.Regex;

namespace Skiff.Sklearn;

/// <summary>What the analysis of one text needs; kept between texts in the scratch memory.</summary>
internal sealed class AnalyzerState
{
    private const int KeptBytes = 1 << 18;

    /// <summary>The text after the first preparation.</summary>
    public ByteBuffer First { get; } = new();

    /// <summary>The text after the second.</summary>
    public ByteBuffer Second { get; } = new();

    /// <summary>The text, or the word, whose characters are cut.</summary>
    public ByteBuffer Third { get; } = new();

    /// <summary>Its tokens.</summary>
    public TokenBuffer Tokens { get; } = new();

    /// <summary>Where a pattern has matched.</summary>
    public PyMatch Match { get; } = new();

    /// <summary>Where characters start.</summary>
    public int[] Offsets { get; private set; } = new int[256];

    /// <summary>Counts by vocabulary.</summary>
    public VocabularyCounter Vocabulary { get; } = new();

    /// <summary>Counts by hash.</summary>
    public HashingCounter Hashing { get; } = new();

    /// <summary>Told of the work of functions as it goes, and may end it.</summary>
    public Action<long>? Steps { get; set; }

    /// <summary>Makes room for that many offsets.</summary>
    public int[] OffsetsFor(int count)
    {
        if (Offsets.Length < count)
        {
            Offsets = new int[Math.Max(count, Offsets.Length * 2)];
        }

        return Offsets;
    }

    /// <summary>Gives memory back after a large text.</summary>
    public void Trim()
    {
        First.Trim(KeptBytes);
        Second.Trim(KeptBytes);
        Third.Trim(KeptBytes);
        Tokens.Trim(KeptBytes);
        if (Offsets.Length > KeptBytes)
        {
            Offsets = new int[256];
        }
    }
}
