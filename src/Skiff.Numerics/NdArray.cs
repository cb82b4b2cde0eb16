namespace Skiff.Numerics;

/// <summary>
/// An n-dimensional array as plain typed memory, always in C order and in this machine's byte order, whatever the file had.
/// </summary>
/// <remarks>
/// The memory's type follows <see cref="DType.Kind"/>: <c>bool[]</c>, <c>sbyte[]</c> … <c>ulong[]</c>, <c>Half[]</c>, <c>float[]</c>,
/// <c>double[]</c>, <c>Complex[]</c>, <c>string[]</c> (U), <c>byte[][]</c> (S), <c>object?[]</c> (object), <c>long[]</c> (dates and durations),
/// and <c>byte[]</c> for structured and long double elements.
/// </remarks>
public sealed class NdArray
{
    private readonly int[] _shape;

    /// <summary>Wraps typed memory.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="shape">The lengths of the dimensions; empty for a scalar array.</param>
    /// <param name="data">The memory, in C order.</param>
    /// <exception cref="ArgumentException">The shape does not cover the memory.</exception>
    public NdArray(DType type, ReadOnlySpan<int> shape, Array data)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(data);
        long size = 1;
        foreach (var length in shape)
        {
            size = checked(size * length);
        }

        var perItem = data is byte[] && type.Kind is DTypeKind.Structured or DTypeKind.LongDouble ? type.ItemSize : 1;
        if (data.LongLength != size * perItem)
        {
            throw new ArgumentException($"An array of shape ({string.Join(", ", shape.ToArray())}) does not have {data.LongLength} elements.", nameof(data));
        }

        Type = type;
        _shape = shape.ToArray();
        Data = data;
        Size = (int)size;
    }

    /// <summary>The element type.</summary>
    public DType Type { get; }

    /// <summary>The lengths of the dimensions.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of dimensions.</summary>
    public int Rank => _shape.Length;

    /// <summary>The number of elements.</summary>
    public int Size { get; }

    /// <summary>The memory; see the remarks for its type.</summary>
    public Array Data { get; }

    /// <summary>The shape as Python prints it: <c>(3,)</c>, <c>(2, 4)</c>.</summary>
    public string ShapeText => Rank == 1 ? $"({_shape[0]},)" : $"({string.Join(", ", _shape)})";

    /// <summary>Whether the elements are numbers or booleans.</summary>
    public bool IsNumeric => Type.Kind is <= DTypeKind.Float64;

    /// <summary>The elements as doubles: the memory itself where it is that already, converted otherwise.</summary>
    /// <exception cref="InvalidOperationException">The elements are not real numbers or booleans.</exception>
    public double[] ToDoubles() => Data switch
    {
        double[] d => d,
        float[] d => Array.ConvertAll(d, x => (double)x),
        Half[] d => Array.ConvertAll(d, x => (double)x),
        ulong[] d => Array.ConvertAll(d, x => (double)x),
        _ when IsNumeric => Array.ConvertAll(ToInt64s(), x => (double)x),
        _ => throw new InvalidOperationException($"An array of {Type} does not hold numbers."),
    };

    /// <summary>The elements as 64-bit integers: the memory itself where it is that already, converted otherwise.</summary>
    /// <exception cref="InvalidOperationException">The elements are not integers or booleans.</exception>
    /// <exception cref="OverflowException">An element of <c>uint64</c> does not fit.</exception>
    public long[] ToInt64s() => Data switch
    {
        long[] d => d,
        int[] d => Array.ConvertAll(d, x => (long)x),
        short[] d => Array.ConvertAll(d, x => (long)x),
        sbyte[] d => Array.ConvertAll(d, x => (long)x),
        byte[] d when Type.Kind == DTypeKind.UInt8 => Array.ConvertAll(d, x => (long)x),
        ushort[] d => Array.ConvertAll(d, x => (long)x),
        uint[] d => Array.ConvertAll(d, x => (long)x),
        ulong[] d => Array.ConvertAll(d, x => checked((long)x)),
        bool[] d => Array.ConvertAll(d, x => x ? 1L : 0L),
        _ => throw new InvalidOperationException($"An array of {Type} does not hold integers."),
    };

    /// <summary>The elements as 32-bit integers.</summary>
    /// <exception cref="InvalidOperationException">The elements are not integers or booleans.</exception>
    /// <exception cref="OverflowException">An element does not fit.</exception>
    public int[] ToInt32s() => Data as int[] ?? Array.ConvertAll(ToInt64s(), x => checked((int)x));

}
