namespace Skiff.Sklearn;

/// <summary>numpy's <c>RandomState</c> of an integer seed, where answers are made with its permutations.</summary>
/// <remarks>
/// The Mersenne Twister MT19937 of Matsumoto and Nishimura. numpy, <c>numpy/random/mtrand.pyx</c>, <c>permutation</c>, <c>shuffle</c> and <c>randint</c>, and
/// <c>src/distributions/distributions.c</c>, <c>random_interval</c> and the masked rejection of <c>random_bounded_uint64_fill</c>; frozen since numpy 1.17.
/// </remarks>
internal sealed class LegacyRandom
{
    private const int Length = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Length];
    private int _next;

    /// <summary>Begins anew.</summary>
    public void Seed(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Length; i++)
        {
            _state[i] = (1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i;
        }

        _next = Length;
    }

    /// <summary>Fills with 0, 1, ... in an order by chance.</summary>
    public void Permute(Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = (int)UpTo((uint)i);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>A number below a count, as <c>randint(0, count, size)</c> draws each.</summary>
    public int Below(int count) => (int)UpTo((uint)(count - 1));

    // Draws bits until they are not above the highest: more than one in two draws is not.
    private uint UpTo(uint highest)
    {
        if (highest == 0)
        {
            return 0;
        }

        var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(highest);
        while (true)
        {
            var value = Next() & mask;
            if (value <= highest)
            {
                return value;
            }
        }
    }

    private uint Next()
    {
        if (_next == Length)
        {
            Twist();
        }

        var y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680u;
        y ^= (y << 15) & 0xEFC60000u;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (var i = 0; i < Length; i++)
        {
            var y = (_state[i] & 0x80000000u) | (_state[(i + 1) % Length] & 0x7FFFFFFFu);
            _state[i] = _state[(i + Middle) % Length] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DFu);
        }

        _next = 0;
    }
}
