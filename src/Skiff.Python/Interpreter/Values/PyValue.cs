using System.Numerics;
using System.Runtime.CompilerServices;

namespace Skiff.Python.Interpreter;

/// <summary>
/// One Python value in two words: an object, or a mark and the bits of an int, float or bool.
/// The default is "not bound", which no Python program can see.
/// </summary>
internal readonly struct PyValue
{
    public readonly PyObject? Obj;
    public readonly long Bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PyValue(PyObject? obj, long bits = 0)
    {
        Obj = obj;
        Bits = bits;
    }

    public static PyValue None => new(PyTag.None);

    public static PyValue True => new(PyTag.Bool, 1);

    public static PyValue False => new(PyTag.Bool);

    public PyKind Kind => Obj is null ? PyKind.Unbound : Obj.Kind;

    public bool IsUnbound => Obj is null;

    public bool IsNone => ReferenceEquals(Obj, PyTag.None);

    /// <summary>Absent, or None, which most optional arguments take for absent.</summary>
    public bool IsMissing => Obj is null || ReferenceEquals(Obj, PyTag.None);

    public bool IsInt => ReferenceEquals(Obj, PyTag.Int);

    public bool IsBool => ReferenceEquals(Obj, PyTag.Bool);

    public bool IsFloat => ReferenceEquals(Obj, PyTag.Float);

    /// <summary>An int or a bool that fits in the bits.</summary>
    public bool IsIntegral => IsInt || IsBool;

    public double Double => BitConverter.Int64BitsToDouble(Bits);

    public static PyValue Of(long value) => new(PyTag.Int, value);

    public static PyValue Of(double value) => new(PyTag.Float, BitConverter.DoubleToInt64Bits(value));

    public static PyValue Of(bool value) => new(PyTag.Bool, value ? 1 : 0);

    public static PyValue Of(BigInteger value)
        => value >= long.MinValue && value <= long.MaxValue ? Of((long)value) : new PyValue(new PyBigInt(value));

    public static implicit operator PyValue(PyObject value) => new(value);

    /// <summary>A text that lives as long as the program: for constants, never for what a call makes.</summary>
    public static PyValue Literal(string text) => new(PyStr.Literal(text));
}

/// <summary>An int beyond 64 bits.</summary>
internal sealed class PyBigInt(BigInteger value) : PyObject(PyKind.BigInt)
{
    public readonly BigInteger Value = value;
}
