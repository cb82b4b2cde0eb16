using System.Diagnostics.CodeAnalysis;

namespace Skiff.Numerics;

/// <summary>Arrays from the bytes of a file, and the fields of structured ones.</summary>
public sealed partial class NdArray
{
    /// <summary>
    /// An array that a reader has met but not yet filled: a file refers to an array before it says what is in it, and whatever refers to it
    /// by then must see the same one afterwards. It is filled once and never changes again.
    /// </summary>
    internal NdArray()
    {
        Set(UnfilledType, [0], Array.Empty<sbyte>());
    }

    private static readonly DType UnfilledType = new(DTypeKind.Int8, 1);

    /// <summary>Whether it still waits for its elements.</summary>
    internal bool IsUnfilled => ReferenceEquals(Type, UnfilledType);

    /// <summary>Gives an unfilled array its elements.</summary>
    internal void Fill(DType type, ReadOnlySpan<int> shape, Array data) => Set(type, shape, data);

    /// <summary>Reads an array from the bytes of a file.</summary>
    /// <param name="type">The element type; not objects, whose values are not bytes.</param>
    /// <param name="shape">The lengths of the dimensions.</param>
    /// <param name="fortranOrder">Whether the file has the first index fastest. The array has the last one fastest.</param>
    /// <param name="bytes">The elements, in the type's byte order.</param>
    /// <exception cref="ArgumentException">The bytes are not those of such an array, or a text in it is no text.</exception>
    public static NdArray FromBytes(DType type, ReadOnlySpan<int> shape, bool fortranOrder, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(type);
        long size = 1;
        foreach (var length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
            size = checked(size * length);
        }

        if (size * type.ItemSize != bytes.Length || size > Array.MaxLength)
        {
            throw new ArgumentException($"{bytes.Length} bytes are not the {size} elements of {type}.", nameof(bytes));
        }

        var memory = FromBytes(type, (int)size, bytes) ?? throw new ArgumentException("A text of the array holds what is no code point.", nameof(bytes));
        return new NdArray(type, shape, fortranOrder ? TypedMemory.FromFortran(type, shape, memory) : memory);
    }

    /// <summary>
    /// One field of a structured array as an array of its own, of the same shape; for a field that is itself an array, its dimensions follow.
    /// </summary>
    /// <param name="name">The field's name.</param>
    /// <exception cref="InvalidOperationException">The array is not structured, or has no such field.</exception>
    public NdArray Field(string name) =>
        TryGetField(name, out var field) ? field : throw new InvalidOperationException($"An array of {Type} has no field '{name}'.");

    /// <summary>One field of a structured array, where it has it; see <see cref="Field"/>.</summary>
    public bool TryGetField(string name, [NotNullWhen(true)] out NdArray? field)
    {
        field = null;
        if (Type.Kind != DTypeKind.Structured || Data is not byte[] records || Type.Fields.FirstOrDefault(f => f.Name == name) is not { } found)
        {
            return false;
        }

        var type = found.Type;
        int[] shape = [.. Shape];
        var perRecord = 1;
        if (type.Subarray is { } subarray)
        {
            shape = [.. shape, .. subarray.Shape];
            type = subarray.Element;
            perRecord = subarray.Shape.Aggregate(1, (product, length) => checked(product * length));
        }

        var count = checked(Size * perRecord);
        var width = found.Type.ItemSize;
        if (TypedMemory.IsBlittable(type))
        {
            var memory = TypedMemory.Allocate(type, count);
            Gather(records, found, width > 0 ? TypedMemory.Bytes(memory, 0, Size * width) : default);
            TypedMemory.Normalize(type, memory);
            field = new NdArray(type, shape, memory);
            return true;
        }

        var bytes = GC.AllocateUninitializedArray<byte>(Size * width);
        Gather(records, found, bytes);
        field = FromBytes(type, count, bytes) is { } elements ? new NdArray(type, shape, elements) : null;
        return field is not null;
    }

    // The bytes of a field, record after record.
    private void Gather(byte[] records, DTypeField field, Span<byte> bytes)
    {
        var width = field.Type.ItemSize;
        for (var i = 0; i < Size; i++)
        {
            records.AsSpan((i * Type.ItemSize) + field.Offset, width).CopyTo(bytes[(i * width)..]);
        }
    }

    private static Array? FromBytes(DType type, int count, ReadOnlySpan<byte> bytes)
    {
        if (!TypedMemory.IsBlittable(type))
        {
            var elements = FixedWidth.Allocate(type, count);
            return FixedWidth.TryRead(type, bytes, elements, 0) ? elements : null;
        }

        var memory = TypedMemory.Allocate(type, count);
        bytes.CopyTo(TypedMemory.Bytes(memory, 0, bytes.Length));
        TypedMemory.Normalize(type, memory);
        return memory;
    }
}
