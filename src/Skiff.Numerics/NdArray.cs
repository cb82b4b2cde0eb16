using System.Diagnostics.CodeAnalysis;

namespace Skiff.Numerics;

/// <summary>
/// An n-dimensional array as plain typed memory, always in C order and in this machine's byte order, whatever the file had.
/// </summary>
/// <remarks>
/// The memory's type follows <see cref="DType.Kind"/>: <c>bool[]</c>, <c>sbyte[]</c> … <c>ulong[]</c>, <c>Half[]</c>, <c>float[]</c>,
/// <c>double[]</c>, <c>Complex[]</c>, <c>string[]</c> (U), <c>byte[][]</c> (S), <c>object?[]</c> (object), <c>long[]</c> (dates and durations),
/// and <c>byte[]</c> for structured and long double elements.
/// </remarks>
public sealed partial class NdArray
{
    private int[] _shape;

    /// <summary>Wraps typed memory.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="shape">The lengths of the dimensions; empty for a scalar array.</param>
    /// <param name="data">The memory, in C order.</param>
    /// <exception cref="ArgumentException">The shape does not cover the memory.</exception>
    public NdArray(DType type, ReadOnlySpan<int> shape, Array data)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(data);
        Set(type, shape, data);
    }

    /// <summary>The element type.</summary>
    public DType Type { get; private set; }

    /// <summary>The lengths of the dimensions.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of dimensions.</summary>
    public int Rank => _shape.Length;

    /// <summary>The number of elements.</summary>
    public int Size { get; private set; }

    /// <summary>The memory; see the remarks for its type.</summary>
    public Array Data { get; private set; }

    /// <summary>The shape as Python prints it: <c>(3,)</c>, <c>(2, 4)</c>.</summary>
    public string ShapeText => Rank == 1 ? $"({_shape[0]},)" : $"({string.Join(", ", _shape)})";

    /// <summary>Whether the elements are numbers or booleans.</summary>
    public bool IsNumeric => Type.Kind is <= DTypeKind.Float64;

    /// <summary>The elements as doubles: the memory itself where it is that already, converted otherwise.</summary>
    /// <exception cref="InvalidOperationException">The elements are not real numbers or booleans.</exception>
    public double[] ToDoubles() => Type.Kind switch
    {
        DTypeKind.Float64 => (double[])Data,
        DTypeKind.Float32 => Array.ConvertAll((float[])Data, x => (double)x),
        DTypeKind.Float16 => Array.ConvertAll((Half[])Data, x => (double)x),
        DTypeKind.LongDouble => LongDouble.ToDoubles((byte[])Data, Type.ItemSize, Type.BigEndian),
        DTypeKind.UInt64 => Array.ConvertAll((ulong[])Data, x => (double)x),
        _ when IsNumeric => Array.ConvertAll(ToInt64s(), x => (double)x),
        _ => throw new InvalidOperationException($"An array of {Type} does not hold numbers."),
    };

    /// <summary>The elements as 64-bit integers: the memory itself where it is that already, converted otherwise.</summary>
    /// <exception cref="InvalidOperationException">The elements are not integers or booleans.</exception>
    /// <exception cref="OverflowException">An element of <c>uint64</c> does not fit.</exception>
    public long[] ToInt64s() => Type.Kind switch
    {
        // By kind, not by the memory's type: to .NET a byte[] is an sbyte[] too, and a ulong[] a long[].
        DTypeKind.Int64 => (long[])Data,
        DTypeKind.Int32 => Array.ConvertAll((int[])Data, x => (long)x),
        DTypeKind.Int16 => Array.ConvertAll((short[])Data, x => (long)x),
        DTypeKind.Int8 => Array.ConvertAll((sbyte[])Data, x => (long)x),
        DTypeKind.UInt8 => Array.ConvertAll((byte[])Data, x => (long)x),
        DTypeKind.UInt16 => Array.ConvertAll((ushort[])Data, x => (long)x),
        DTypeKind.UInt32 => Array.ConvertAll((uint[])Data, x => (long)x),
        DTypeKind.UInt64 => Array.ConvertAll((ulong[])Data, x => checked((long)x)),
        DTypeKind.Bool => Array.ConvertAll((bool[])Data, x => x ? 1L : 0L),
        _ => throw new InvalidOperationException($"An array of {Type} does not hold integers."),
    };

    /// <summary>The elements as 32-bit integers.</summary>
    /// <exception cref="InvalidOperationException">The elements are not integers or booleans.</exception>
    /// <exception cref="OverflowException">An element does not fit.</exception>
    public int[] ToInt32s() => Type.Kind == DTypeKind.Int32 ? (int[])Data : Array.ConvertAll(ToInt64s(), x => checked((int)x));

    [MemberNotNull(nameof(_shape), nameof(Type), nameof(Data))]
    private void Set(DType type, ReadOnlySpan<int> shape, Array data)
    {
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
}
