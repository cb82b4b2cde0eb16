using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Skiff.Numerics;

/// <summary>The arrays behind <see cref="NdArray"/>: which .NET type holds which kind, their bytes, their byte order, their layout.</summary>
internal static class TypedMemory
{
    /// <summary>Whether the bytes of a file are, but for their order, the memory itself.</summary>
    public static bool IsBlittable(DType type) => type.Kind is not (DTypeKind.Complex64 or DTypeKind.Unicode or DTypeKind.Bytes or DTypeKind.Object);

    /// <summary>New memory for elements that are blittable; it is not cleared, the caller fills all of it.</summary>
    public static Array Allocate(DType type, int count) => type.Kind switch
    {
        DTypeKind.Bool => GC.AllocateUninitializedArray<bool>(count),
        DTypeKind.Int8 => GC.AllocateUninitializedArray<sbyte>(count),
        DTypeKind.UInt8 => GC.AllocateUninitializedArray<byte>(count),
        DTypeKind.Int16 => GC.AllocateUninitializedArray<short>(count),
        DTypeKind.UInt16 => GC.AllocateUninitializedArray<ushort>(count),
        DTypeKind.Int32 => GC.AllocateUninitializedArray<int>(count),
        DTypeKind.UInt32 => GC.AllocateUninitializedArray<uint>(count),
        DTypeKind.Int64 or DTypeKind.DateTime64 or DTypeKind.TimeDelta64 => GC.AllocateUninitializedArray<long>(count),
        DTypeKind.UInt64 => GC.AllocateUninitializedArray<ulong>(count),
        DTypeKind.Float16 => GC.AllocateUninitializedArray<Half>(count),
        DTypeKind.Float32 => GC.AllocateUninitializedArray<float>(count),
        DTypeKind.Float64 => GC.AllocateUninitializedArray<double>(count),
        DTypeKind.Complex128 => GC.AllocateUninitializedArray<Complex>(count),
        DTypeKind.Structured or DTypeKind.LongDouble => GC.AllocateUninitializedArray<byte>(checked(count * type.ItemSize)),
        _ => throw new InvalidOperationException($"Elements of {type} are not plain memory."),
    };

    /// <summary>Longer memory that starts with what is in <paramref name="memory"/>.</summary>
    public static Array Grow(DType type, Array memory, int count)
    {
        const int Piece = 1 << 30;
        var grown = Allocate(type, count);
        var bytes = memory.LongLength * ElementSize(memory);
        for (long offset = 0; offset < bytes; offset += Piece)
        {
            var length = (int)Math.Min(Piece, bytes - offset);
            Bytes(memory, offset, length).CopyTo(Bytes(grown, offset, length));
        }

        return grown;
    }

    /// <summary>A piece of the memory as bytes. Pieces, because an array may be longer than a span of bytes can be.</summary>
    public static Span<byte> Bytes(Array memory, long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, memory.LongLength * ElementSize(memory));
        ref var start = ref MemoryMarshal.GetArrayDataReference(memory);
        return MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref start, (nint)offset), length);
    }

    /// <summary>Turns memory that was filled with a file's bytes into this machine's values, in place.</summary>
    public static void Normalize(DType type, Array memory)
    {
        switch (memory)
        {
            case bool[] flags:
                // A file may hold any byte; to .NET a bool other than 0 and 1 is neither.
                foreach (ref var b in MemoryMarshal.AsBytes(flags.AsSpan()))
                {
                    b = b == 0 ? (byte)0 : (byte)1;
                }

                break;
            case Array when type.BigEndian == !BitConverter.IsLittleEndian || type.Kind is DTypeKind.Structured or DTypeKind.LongDouble:
                break;
            case short[] or ushort[] or Half[]:
                ReverseEach<short>(memory, BinaryPrimitives.ReverseEndianness);
                break;
            case int[] or uint[] or float[]:
                ReverseEach<int>(memory, BinaryPrimitives.ReverseEndianness);
                break;
            case long[] or ulong[] or double[] or Complex[]:
                ReverseEach<long>(memory, BinaryPrimitives.ReverseEndianness);
                break;
        }
    }

    /// <summary>The elements in C order, given in Fortran order; the memory itself where the two are the same.</summary>
    public static Array FromFortran(DType type, ReadOnlySpan<int> shape, Array memory)
    {
        var dimensions = 0;
        foreach (var length in shape)
        {
            dimensions += length == 1 ? 0 : 1;
        }

        if (dimensions <= 1 || memory.Length == 0)
        {
            return memory;
        }

        // By kind, not by the memory's type: to .NET a byte[] is an sbyte[] too.
        return type.Kind switch
        {
            DTypeKind.Bool => FortranOrder.ToC((bool[])memory, shape),
            DTypeKind.Int8 => FortranOrder.ToC((sbyte[])memory, shape),
            DTypeKind.UInt8 => FortranOrder.ToC((byte[])memory, shape),
            DTypeKind.Int16 => FortranOrder.ToC((short[])memory, shape),
            DTypeKind.UInt16 => FortranOrder.ToC((ushort[])memory, shape),
            DTypeKind.Int32 => FortranOrder.ToC((int[])memory, shape),
            DTypeKind.UInt32 => FortranOrder.ToC((uint[])memory, shape),
            DTypeKind.Int64 or DTypeKind.DateTime64 or DTypeKind.TimeDelta64 => FortranOrder.ToC((long[])memory, shape),
            DTypeKind.UInt64 => FortranOrder.ToC((ulong[])memory, shape),
            DTypeKind.Float16 => FortranOrder.ToC((Half[])memory, shape),
            DTypeKind.Float32 => FortranOrder.ToC((float[])memory, shape),
            DTypeKind.Float64 => FortranOrder.ToC((double[])memory, shape),
            DTypeKind.Complex64 or DTypeKind.Complex128 => FortranOrder.ToC((Complex[])memory, shape),
            DTypeKind.Unicode => FortranOrder.ToC((string[])memory, shape),
            DTypeKind.Bytes => FortranOrder.ToC((byte[][])memory, shape),
            DTypeKind.Object => FortranOrder.ToC((object?[])memory, shape),
            _ => FortranOrder.ToC((byte[])memory, type.ItemSize, shape),
        };
    }

    private static int ElementSize(Array memory) => memory switch
    {
        bool[] or sbyte[] or byte[] => 1,
        short[] or ushort[] or Half[] => 2,
        int[] or uint[] or float[] => 4,
        long[] or ulong[] or double[] => 8,
        Complex[] => 16,
        _ => throw new InvalidOperationException("The memory is not plain."),
    };

    private static void ReverseEach<T>(Array memory, SpanOperation<T> reverse)
        where T : unmanaged
    {
        const int Piece = 1 << 26;
        var total = memory.LongLength * ElementSize(memory);
        for (long offset = 0; offset < total; offset += Piece)
        {
            var span = MemoryMarshal.Cast<byte, T>(Bytes(memory, offset, (int)Math.Min(Piece, total - offset)));
            reverse(span, span);
        }
    }

    private delegate void SpanOperation<T>(ReadOnlySpan<T> source, Span<T> destination);
}
