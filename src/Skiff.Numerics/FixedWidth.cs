using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Skiff.Numerics;

/// <summary>Elements whose bytes in a file are not the memory that holds them: texts, byte strings, single-precision complex numbers.</summary>
internal static class FixedWidth
{
    /// <summary>Reads elements from whole items.</summary>
    /// <param name="type">A type that is not blittable and not objects.</param>
    /// <param name="items">Bytes of as many items as <paramref name="destination"/> takes from <paramref name="start"/> on.</param>
    /// <param name="destination"><c>string[]</c>, <c>byte[][]</c> or <c>Complex[]</c>.</param>
    /// <param name="start">The first element to set.</param>
    /// <returns>False where a text holds what is no code point.</returns>
    public static bool TryRead(DType type, ReadOnlySpan<byte> items, Array destination, int start)
    {
        var count = type.ItemSize == 0 ? destination.Length - start : items.Length / type.ItemSize;
        for (var i = 0; i < count; i++)
        {
            var item = items.Slice(i * type.ItemSize, type.ItemSize);
            switch (destination)
            {
                case string[] texts:
                    if (ReadText(item, type.BigEndian) is not { } text)
                    {
                        return false;
                    }

                    texts[start + i] = text;
                    break;
                case byte[][] strings:
                    strings[start + i] = item.TrimEnd((byte)0).ToArray();
                    break;
                case Complex[] numbers:
                    numbers[start + i] = new Complex(ReadSingle(item, type.BigEndian), ReadSingle(item[4..], type.BigEndian));
                    break;
            }
        }

        return true;
    }

    /// <summary>New memory for such elements.</summary>
    public static Array Allocate(DType type, int count) => type.Kind switch
    {
        DTypeKind.Unicode => new string[count],
        DTypeKind.Bytes => new byte[count][],
        DTypeKind.Complex64 => new Complex[count],
        _ => throw new InvalidOperationException($"Elements of {type} are plain memory."),
    };

    /// <summary>Longer memory that starts with what is in <paramref name="elements"/>.</summary>
    public static Array Grow(Array elements, int count)
    {
        Array grown = elements switch
        {
            string[] => new string[count],
            byte[][] => new byte[count][],
            _ => new Complex[count],
        };
        Array.Copy(elements, grown, elements.Length);
        return grown;
    }

    private static float ReadSingle(ReadOnlySpan<byte> item, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadSingleBigEndian(item) : BinaryPrimitives.ReadSingleLittleEndian(item);

    private static string? ReadText(ReadOnlySpan<byte> item, bool bigEndian)
    {
        // numpy pads with zeros; those at the end are no part of the text.
        var trimmed = item.TrimEnd((byte)0);
        var length = (trimmed.Length + 3) / 4;
        var text = new StringBuilder(length);
        for (var i = 0; i < length; i++)
        {
            var bytes = item.Slice(i * 4, 4);
            var codePoint = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            if (codePoint > 0x10FFFF)
            {
                return null;
            }

            if (codePoint < 0x10000)
            {
                text.Append((char)codePoint);
            }
            else
            {
                text.Append((char)(0xD7C0 + (codePoint >> 10))).Append((char)(0xDC00 + (codePoint & 0x3FF)));
            }
        }

        return text.ToString();
    }
}
