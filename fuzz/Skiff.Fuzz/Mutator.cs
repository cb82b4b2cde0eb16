namespace Skiff.Fuzz;

/// <summary>Changes inputs the way fuzzers do; the same seed gives the same inputs.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus)
{
    private const int LargestInput = 1 << 16;
    private static readonly long[] Edges = [0, 1, -1, 127, 128, 255, 256, 32767, 65535, 65536, int.MaxValue, uint.MaxValue, long.MaxValue, 1L << 40];
    private readonly Random _random = new(seed);

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var input = corpus[_random.Next(corpus.Count)].ToArray();
        for (var i = 1 + _random.Next(6); i > 0; i--)
        {
            input = Change(input);
        }

        return input;
    }

    private byte[] Change(byte[] input)
    {
        if (input.Length < 2)
        {
            return [.. input, (byte)_random.Next(256)];
        }

        var at = _random.Next(input.Length);
        var length = _random.Next(1, Math.Min(input.Length - at, 32) + 1);
        switch (_random.Next(8))
        {
            case 0:
                input[at] ^= (byte)(1 << _random.Next(8));
                return input;
            case 1:
                input[at] = (byte)_random.Next(256);
                return input;
            case 2:
                BitConverter.GetBytes(Edges[_random.Next(Edges.Length)]).AsSpan(0, Math.Min(Math.Min(length, 8), input.Length - at)).CopyTo(input.AsSpan(at));
                return input;
            case 3:
                return [.. input[..at], .. input[(at + length)..]];
            case 4 when input.Length < LargestInput:
                return [.. input[..at], .. input[at..(at + length)], .. input[at..]];
            case 5:
                var other = corpus[_random.Next(corpus.Count)];
                var from = _random.Next(other.Length);
                return [.. input[..at], .. other[from..Math.Min(other.Length, from + 200)], .. input[at..]];
            case 6:
                return input[..at];
            default:
                input.AsSpan(at, length).Reverse();
                return input;
        }
    }
}
