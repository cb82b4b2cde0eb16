using System.Buffers.Binary;
using System.Text;

namespace Skiff.Sklearn;

/// <summary>Reads the little-endian memory images that xgboost wrote until 1.2. No length is believed before it has been compared with what is left.</summary>
/// <param name="bytes">The image.</param>
internal ref struct LegacyCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>A block of bytes.</summary>
    /// <exception cref="PayloadException">There are fewer.</exception>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new PayloadException($"the image ends too early: {count} bytes are expected, {_rest.Length} are left");
        }

        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    /// <summary>An integer.</summary>
    public int Integer() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>A number.</summary>
    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    /// <summary>The count before a text or a vector.</summary>
    public long Count() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>A text behind its length.</summary>
    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    /// <summary>Numbers.</summary>
    public float[] Singles(long count)
    {
        var cells = Take(count > int.MaxValue / 4 ? long.MaxValue : count * 4);
        var values = new float[cells.Length / 4];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(cells[(i * 4)..]);
        }

        return values;
    }

    /// <summary>Integers.</summary>
    public int[] Integers(long count)
    {
        var cells = Take(count > int.MaxValue / 4 ? long.MaxValue : count * 4);
        var values = new int[cells.Length / 4];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt32LittleEndian(cells[(i * 4)..]);
        }

        return values;
    }
}
