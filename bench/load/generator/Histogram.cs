using System.Numerics;

namespace Skiff.Bench.Load;

/// <summary>Counts microseconds in bins of 1/64 of their power of two, so that a percentile is off by 1.6 % at most.</summary>
internal sealed class Histogram
{
    private const int Bits = 6;
    private readonly long[] _bins = new long[(64 - Bits) << Bits];

    internal long Count { get; private set; }

    internal long Max { get; private set; }

    internal void Add(long microseconds)
    {
        var value = Math.Max(microseconds, 0);
        _bins[Bin(value)]++;
        Count++;
        Max = Math.Max(Max, value);
    }

    internal void Clear()
    {
        Array.Clear(_bins);
        (Count, Max) = (0, 0);
    }

    /// <summary>The upper end of the bin that holds the value of a rank; 0 where nothing was counted.</summary>
    internal long Percentile(double percent)
    {
        var rank = (long)Math.Ceiling(Count * percent / 100);
        for (var bin = 0; bin < _bins.Length && Count > 0; bin++)
        {
            rank -= _bins[bin];
            if (rank <= 0)
            {
                return Math.Min(UpperEnd(bin), Max);
            }
        }

        return 0;
    }

    private static int Bin(long value)
    {
        var shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount((ulong)value) - Bits - 1);
        return (shift << Bits) + (int)(value >> shift);
    }

    private static long UpperEnd(int bin)
    {
        var shift = Math.Max(0, (bin >> Bits) - 1);
        return ((bin - ((long)shift << Bits) + 1) << shift) - 1;
    }
}
