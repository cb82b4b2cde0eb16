using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>Terms as UTF-8, each with its column: one flat open-addressing table, asked with a span once for every n-gram of a text.</summary>
/// <remarks>
/// It is built when a model is loaded and never grows, so nothing that a request holds can make it slow. A file could: its hash is quick, and
/// terms can be made that all have the same. Terms that crowd are therefore scattered anew, by a hash that no file can foresee.
/// </remarks>
internal sealed class Vocabulary
{
    // A table that is half full has runs of a hundred slots where it holds ten million terms.
    private const int LongestRun = 1_000;
    private const int MostSeeds = 8;

    private readonly byte[] _bytes;
    private readonly Entry[] _table;
    private readonly int _mask;
    private readonly ulong _seed;

    /// <param name="terms">The terms, each once, and their columns.</param>
    public Vocabulary(IReadOnlyCollection<KeyValuePair<string, int>> terms)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(terms.Count * 2, 4));
        _table = new Entry[size];
        _mask = size - 1;
        var bytes = new ByteBuffer(terms.Count * 8);
        for (var i = 0; !TryFill(terms, bytes); i++)
        {
            if (i == MostSeeds)
            {
                throw new ModelLoadException($"the vocabulary of {terms.Count} terms is made so that they cannot be told apart quickly");
            }

            _seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        }

        _bytes = bytes.Written.ToArray();
        Count = terms.Count;
    }

    /// <summary>How many terms it was given.</summary>
    public int Count { get; }

    /// <summary>Whether its terms crowded, and were scattered.</summary>
    public bool IsScattered => _seed != 0;

    /// <summary>The length of the longest term in bytes.</summary>
    public int MaximumLength { get; private set; }

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

    private bool TryFill(IReadOnlyCollection<KeyValuePair<string, int>> terms, ByteBuffer bytes)
    {
        Array.Clear(_table);
        bytes.Clear();
        foreach (var (term, column) in terms)
        {
            var text = Utf8.GetBytes(term);
            if (!TryAdd(new Entry { Hash = Hash(text), Start = bytes.Length, Length = text.Length, Column = column }))
            {
                return false;
            }

            bytes.Append(text);
            MaximumLength = Math.Max(MaximumLength, text.Length);
        }

        return true;
    }

    private uint Hash(ReadOnlySpan<byte> term)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = ((ulong)term.Length * Multiplier) ^ _seed;
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

    private bool TryAdd(Entry entry)
    {
        var slot = (int)entry.Hash & _mask;
        for (var run = 0; !_table[slot].IsFree; run++)
        {
            if (run == LongestRun)
            {
                return false;
            }

            slot = (slot + 1) & _mask;
        }

        entry.Length++;
        _table[slot] = entry;
        return true;
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
