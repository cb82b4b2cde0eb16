using System.Numerics;
using System.Runtime.InteropServices;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>Terms as UTF-8, each with its column: one flat open-addressing table, asked with a span once for every n-gram of a text.</summary>
/// <remarks>It is built when a model is loaded and never grows, so nothing that a request holds can make it slow.</remarks>
internal sealed class Vocabulary
{
    private readonly byte[] _bytes;
    private readonly Entry[] _table;
    private readonly int _mask;

    /// <param name="terms">The terms, each once, and their columns.</param>
    public Vocabulary(IReadOnlyCollection<KeyValuePair<string, int>> terms)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(terms.Count * 2, 4));
        _table = new Entry[size];
        _mask = size - 1;
        var bytes = new ByteBuffer(terms.Count * 8);
        foreach (var (term, column) in terms)
        {
            var text = Utf8.GetBytes(term);
            Add(new Entry { Hash = Hash(text), Start = bytes.Length, Length = text.Length, Column = column });
            bytes.Append(text);
            MaximumLength = Math.Max(MaximumLength, text.Length);
        }

        _bytes = bytes.Written.ToArray();
        Count = terms.Count;
    }

    /// <summary>How many terms it was given.</summary>
    public int Count { get; }

    /// <summary>The length of the longest term in bytes.</summary>
    public int MaximumLength { get; }

    /// <summary>A set of words, for stop words.</summary>
    public static Vocabulary Of(IEnumerable<string> words) => new([.. words.Select(word => KeyValuePair.Create(word, 0))]);

    /// <summary>The column of a term, or -1.</summary>
    public int Find(ReadOnlySpan<byte> term)
    {
        if (term.Length > MaximumLength)
        {
            return -1;
        }

        var hash = Hash(term);
        for (var slot = (int)hash & _mask; ; slot = (slot + 1) & _mask)
        {
            ref readonly var entry = ref _table[slot];
            if (entry.IsFree)
            {
                return -1;
            }

            if (entry.Hash == hash && entry.Length == term.Length + 1 && term.SequenceEqual(_bytes.AsSpan(entry.Start, term.Length)))
            {
                return entry.Column;
            }
        }
    }

    private static uint Hash(ReadOnlySpan<byte> term)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)term.Length * Multiplier;
        while (term.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(term)) * Multiplier;
            hash ^= hash >> 29;
            term = term[sizeof(ulong)..];
        }

        var tail = 0UL;
        foreach (var b in term)
        {
            tail = (tail << 8) | b;
        }

        hash = (hash ^ tail) * Multiplier;
        return (uint)(hash >> 32);
    }

    private void Add(Entry entry)
    {
        var slot = (int)entry.Hash & _mask;
        while (!_table[slot].IsFree)
        {
            slot = (slot + 1) & _mask;
        }

        entry.Length++;
        _table[slot] = entry;
    }

    // The length is held plus one, so that a slot of zeros is a free one.
    private struct Entry
    {
        public uint Hash;
        public int Start;
        public int Length;
        public int Column;

        public readonly bool IsFree => Length == 0;
    }
}
