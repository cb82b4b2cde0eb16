using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary>A list of texts in one run of UTF-8 bytes, kept between uses.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class PyTokenList
{
    private readonly ByteBuffer _bytes = new();
    private int[] _ends = new int[16];

    /// <summary>How many texts there are.</summary>
    public int Count { get; private set; }

    /// <summary>A text as UTF-8; empty where it is missing. Valid until the list changes.</summary>
    /// <param name="index">0 to <see cref="Count"/> less one.</param>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var start = index == 0 ? 0 : _ends[index - 1] & int.MaxValue;
            return _bytes.Written[start..(_ends[index] & int.MaxValue)];
        }
    }

    /// <summary>Whether a value is missing: None.</summary>
    /// <param name="index">0 to <see cref="Count"/> less one.</param>
    public bool IsMissing(int index) => _ends[index] < 0;

    /// <summary>Appends a text.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        _bytes.Append(text);
        AddEnd(_bytes.Length);
    }

    /// <summary>Appends a missing value.</summary>
    public void AddMissing() => AddEnd(_bytes.Length | int.MinValue);

    /// <summary>Forgets all texts and keeps the memory.</summary>
    public void Clear()
    {
        _bytes.Clear();
        Count = 0;
    }

    private void AddEnd(int end)
    {
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Count * 2);
        }

        _ends[Count++] = end;
    }
}
