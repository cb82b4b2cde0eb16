namespace Skiff.Numerics;

/// <summary>What the elements of an <see cref="NdArray"/> are, after numpy's kinds and widths.</summary>
public enum DTypeKind
{
    /// <summary>numpy <c>bool</c>, one byte.</summary>
    Bool,

    /// <summary>numpy <c>int8</c>.</summary>
    Int8,

    /// <summary>numpy <c>int16</c>.</summary>
    Int16,

    /// <summary>numpy <c>int32</c>.</summary>
    Int32,

    /// <summary>numpy <c>int64</c>.</summary>
    Int64,

    /// <summary>numpy <c>uint8</c>.</summary>
    UInt8,

    /// <summary>numpy <c>uint16</c>.</summary>
    UInt16,

    /// <summary>numpy <c>uint32</c>.</summary>
    UInt32,

    /// <summary>numpy <c>uint64</c>.</summary>
    UInt64,

    /// <summary>numpy <c>float16</c>.</summary>
    Float16,

    /// <summary>numpy <c>float32</c>.</summary>
    Float32,

    /// <summary>numpy <c>float64</c>.</summary>
    Float64,

    /// <summary>numpy <c>longdouble</c> (x87 80 bits in 12 or 16 bytes); held as raw bytes.</summary>
    LongDouble,

    /// <summary>numpy <c>complex64</c>, held as <see cref="System.Numerics.Complex"/>.</summary>
    Complex64,

    /// <summary>numpy <c>complex128</c>, held as <see cref="System.Numerics.Complex"/>.</summary>
    Complex128,

    /// <summary>numpy <c>U</c>: fixed-width UTF-32 text, held as <see cref="string"/>.</summary>
    Unicode,

    /// <summary>numpy <c>S</c>: fixed-width bytes, held as <c>byte[]</c> without trailing zeros.</summary>
    Bytes,

    /// <summary>numpy <c>object</c>: whatever the stream held.</summary>
    Object,

    /// <summary>numpy <c>datetime64</c>, held as <see cref="long"/> counts of <see cref="DType.Unit"/>.</summary>
    DateTime64,

    /// <summary>numpy <c>timedelta64</c>, held as <see cref="long"/> counts of <see cref="DType.Unit"/>.</summary>
    TimeDelta64,

    /// <summary>numpy <c>void</c> with or without named fields, held as raw bytes; read field by field.</summary>
    Structured,
}
