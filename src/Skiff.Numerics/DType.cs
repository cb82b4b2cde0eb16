namespace Skiff.Numerics;

/// <summary>One named field of a structured <see cref="DType"/>.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Offset">Its first byte within a record.</param>
public sealed record DTypeField(string Name, DType Type, int Offset);

/// <summary>The element type of an <see cref="NdArray"/>: numpy's <c>dtype</c> without its behaviour.</summary>
public sealed partial class DType
{
    /// <summary>Makes a type.</summary>
    /// <param name="kind">What the elements are.</param>
    /// <param name="itemSize">Bytes per element as the file stores them (for <c>U4</c>: 16).</param>
    /// <param name="bigEndian">Whether the file stores the elements big-endian. Typed memory never is.</param>
    /// <param name="fields">The named fields of a structured type.</param>
    /// <param name="unit">The unit of a date or duration (<c>ns</c>, <c>25us</c>, <c>D</c>).</param>
    /// <param name="subarray">What an element of a fixed-shape array type holds.</param>
    public DType(
        DTypeKind kind,
        int itemSize,
        bool bigEndian = false,
        IReadOnlyList<DTypeField>? fields = null,
        string? unit = null,
        DTypeSubarray? subarray = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(itemSize);
        Kind = kind;
        ItemSize = itemSize;
        BigEndian = bigEndian;
        Fields = fields ?? [];
        Unit = unit;
        Subarray = subarray;
        HasObjects = kind == DTypeKind.Object || Fields.Any(f => f.Type.HasObjects) || subarray is { Element.HasObjects: true };
    }

    /// <summary>numpy <c>bool</c>.</summary>
    public static DType Bool { get; } = new(DTypeKind.Bool, 1);

    /// <summary>numpy <c>int32</c>.</summary>
    public static DType Int32 { get; } = new(DTypeKind.Int32, 4);

    /// <summary>numpy <c>int64</c>.</summary>
    public static DType Int64 { get; } = new(DTypeKind.Int64, 8);

    /// <summary>numpy <c>float32</c>.</summary>
    public static DType Float32 { get; } = new(DTypeKind.Float32, 4);

    /// <summary>numpy <c>float64</c>.</summary>
    public static DType Float64 { get; } = new(DTypeKind.Float64, 8);

    /// <summary>numpy <c>object</c>.</summary>
    public static DType Object { get; } = new(DTypeKind.Object, 8);

    /// <summary>What the elements are.</summary>
    public DTypeKind Kind { get; }

    /// <summary>Bytes per element as the file stores them.</summary>
    public int ItemSize { get; }

    /// <summary>Whether the file stores the elements big-endian.</summary>
    public bool BigEndian { get; }

    /// <summary>The named fields of a structured type; empty for any other.</summary>
    public IReadOnlyList<DTypeField> Fields { get; }

    /// <summary>The unit of a date or duration, else null.</summary>
    public string? Unit { get; }

    /// <summary>What each element holds, where that is a fixed-shape array of its own; else null.</summary>
    public DTypeSubarray? Subarray { get; }

    /// <summary>Whether elements, or fields of them, are Python objects, which have no bytes of their own in a file.</summary>
    public bool HasObjects { get; }

    /// <summary>numpy's own name for the type (<c>float64</c>, <c>&lt;U5</c>, <c>object</c>).</summary>
    public override string ToString() => Kind switch
    {
        DTypeKind.Bool => "bool",
        DTypeKind.Int8 => "int8",
        DTypeKind.Int16 => "int16",
        DTypeKind.Int32 => "int32",
        DTypeKind.Int64 => "int64",
        DTypeKind.UInt8 => "uint8",
        DTypeKind.UInt16 => "uint16",
        DTypeKind.UInt32 => "uint32",
        DTypeKind.UInt64 => "uint64",
        DTypeKind.Float16 => "float16",
        DTypeKind.Float32 => "float32",
        DTypeKind.Float64 => "float64",
        DTypeKind.LongDouble => "longdouble",
        DTypeKind.Complex64 => "complex64",
        DTypeKind.Complex128 => "complex128",
        DTypeKind.Unicode => $"<U{ItemSize / 4}",
        DTypeKind.Bytes => $"S{ItemSize}",
        DTypeKind.Object => "object",
        DTypeKind.DateTime64 => $"datetime64[{Unit}]",
        DTypeKind.TimeDelta64 => $"timedelta64[{Unit}]",
        _ when Subarray is not null => $"({Subarray.Element}, ({string.Join(", ", Subarray.Shape)}))",
        _ => Fields.Count == 0 ? $"V{ItemSize}" : $"[{string.Join(", ", Fields.Select(f => $"{f.Name}: {f.Type}"))}]",
    };
}
