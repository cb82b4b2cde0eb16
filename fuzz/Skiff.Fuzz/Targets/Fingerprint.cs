namespace Skiff.Fuzz;

/// <summary>A running sum (FNV-1a) over parts of an answer.</summary>
internal struct Fingerprint
{
    private const ulong Start = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private ulong _value;

    public Fingerprint() => _value = Start;

    /// <summary>The sum.</summary>
    public readonly ulong Value => _value;

    /// <summary>Adds a number.</summary>
    public void Add(long number) => _value = (_value ^ (ulong)number) * Prime;

    /// <summary>Adds a number; all that are no number count as one.</summary>
    public void Add(double number) => Add(double.IsNaN(number) ? -1L : BitConverter.DoubleToInt64Bits(number));

    /// <summary>Adds a text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        Add(text.Length);
        foreach (var c in text)
        {
            Add((long)c);
        }
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        foreach (var b in bytes)
        {
            Add((long)b);
        }
    }
}
