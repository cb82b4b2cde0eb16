using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Sums values by the hash of a name, which gives their column. Reused from row to row.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/feature_extraction/_hashing_fast.pyx</c>, and scipy's <c>sum_duplicates</c>; the same since 0.22.</remarks>
internal sealed class HashedValues
{
    // The column, and below it the order of coming, so that sums do not depend on how the sort goes about.
    private long[] _keys = new long[64];
    private double[] _values = new double[64];
    private int _count;
    private int _features;
    private bool _alternateSign;

    /// <summary>Starts a row.</summary>
    /// <param name="features">How many columns there are.</param>
    /// <param name="alternateSign">Whether names of negative hash count negative.</param>
    public void Begin(int features, bool alternateSign)
    {
        _features = features;
        _alternateSign = alternateSign;
        _count = 0;
    }

    /// <summary>Adds a value.</summary>
    public void Add(ReadOnlySpan<byte> name, double value)
    {
        var hash = MurmurHash.Hash32(name);
        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, _count * 2);
            Array.Resize(ref _values, _count * 2);
        }

        _keys[_count] = (Math.Abs((long)hash) % _features << 32) | (uint)_count;
        _values[_count++] = _alternateSign && hash < 0 ? -value : value;
    }

    /// <summary>Appends the row, columns rising; a column whose values cancel out stays, as in scikit-learn.</summary>
    public void Write(CsrBlock y)
    {
        _keys.AsSpan(0, _count).Sort(_values.AsSpan(0, _count));
        for (var i = 0; i < _count;)
        {
            var column = _keys[i] >> 32;
            var sum = Round(_values[i++], y);
            for (; i < _count && _keys[i] >> 32 == column; i++)
            {
                sum = Round(sum + Round(_values[i], y), y);
            }

            y.Append((int)column, sum);
        }

        y.EndRow();
    }

    /// <summary>Gives memory back after a large row.</summary>
    public void Trim(int maximumBytes)
    {
        if (_keys.Length > maximumBytes / sizeof(long))
        {
            _keys = new long[64];
            _values = new double[64];
        }
    }

    private static double Round(double value, CsrBlock y) => y.IsSingle ? (float)value : value;
}
