using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Skiff.Numerics;

/// <summary>Reading numpy's type strings.</summary>
public sealed partial class DType
{
    /// <summary>
    /// Reads a type string as numpy writes it: <c>&lt;f8</c>, <c>|O</c>, <c>&gt;i4</c>, <c>&lt;U5</c>, <c>|V12</c>, <c>&lt;M8[25us]</c>, and the
    /// same without the byte order (<c>f8</c>). One-letter codes and names (<c>d</c>, <c>float64</c>) are not type strings.
    /// </summary>
    /// <param name="text">The string; sizes are bytes, but code points for <c>U</c>.</param>
    /// <param name="type">The type, where the string names one that an <see cref="NdArray"/> can hold.</param>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out DType? type)
    {
        type = null;
        var bigEndian = !text.IsEmpty && text[0] == '>';
        if (!text.IsEmpty && text[0] is '<' or '>' or '|' or '=')
        {
            text = text[1..];
        }

        if (text.IsEmpty)
        {
            return false;
        }

        string? unit = null;
        var code = text[0];
        var digits = text[1..];
        if (code is 'M' or 'm' && digits.IndexOf('[') is var open and >= 0)
        {
            if (digits[^1] != ']')
            {
                return false;
            }

            unit = digits[(open + 1)..^1].ToString();
            digits = digits[..open];
        }

        var size = 0;
        if (!digits.IsEmpty && !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out size))
        {
            return false;
        }

        type = Create(code, size, !digits.IsEmpty, bigEndian, unit);
        return type is not null;
    }

    private static DType? Create(char code, int size, bool sized, bool bigEndian, string? unit)
    {
        var kind = (code, size) switch
        {
            ('b', 1) or ('?', _) => DTypeKind.Bool,
            ('i', 1) => DTypeKind.Int8,
            ('i', 2) => DTypeKind.Int16,
            ('i', 4) => DTypeKind.Int32,
            ('i', 8) => DTypeKind.Int64,
            ('u', 1) => DTypeKind.UInt8,
            ('u', 2) => DTypeKind.UInt16,
            ('u', 4) => DTypeKind.UInt32,
            ('u', 8) => DTypeKind.UInt64,
            ('f', 2) => DTypeKind.Float16,
            ('f', 4) => DTypeKind.Float32,
            ('f', 8) => DTypeKind.Float64,
            ('f', 12 or 16) => DTypeKind.LongDouble,
            ('c', 8) => DTypeKind.Complex64,
            ('c', 16) => DTypeKind.Complex128,
            ('U', _) when size <= int.MaxValue / 4 => DTypeKind.Unicode,
            ('S' or 'a', _) => DTypeKind.Bytes,
            ('V', _) => DTypeKind.Structured,
            ('O', 0 or 4 or 8) => DTypeKind.Object,
            ('M', 8) => DTypeKind.DateTime64,
            ('m', 8) => DTypeKind.TimeDelta64,
            _ => (DTypeKind?)null,
        };
        return kind switch
        {
            null => null,
            DTypeKind.Object => Object,
            DTypeKind.Bool => sized && size != 1 ? null : Bool,
            DTypeKind.Unicode => new DType(DTypeKind.Unicode, size * 4, bigEndian),
            DTypeKind.Bytes or DTypeKind.Structured => new DType(kind.Value, size),
            _ => new DType(kind.Value, size, bigEndian && size > 1, unit: unit),
        };
    }
}
