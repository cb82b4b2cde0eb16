using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Skiff.Numerics;

namespace Skiff.Pickle;

/// <summary>Integers, floats and lengths.</summary>
internal sealed partial class PickleMachine
{
    private long ReadLength8()
    {
        var length = _input.ReadUInt64();
        return length <= long.MaxValue / 2 ? (long)length : throw Fail($"The pickle is malformed: a length of {length} bytes");
    }

    private long ReadSignedLength()
    {
        var length = _input.ReadInt32();
        return length >= 0 ? length : throw Fail("The pickle is malformed: a negative length");
    }

    private void PushInteger(long value)
    {
        if (!Boxes.IsCached(value))
        {
            _budget.Charge(PickleBudget.ObjectBytes / 2, _opcodeOffset);
        }

        Push(Boxes.Of(value));
    }

    private void PushFloat(double value)
    {
        _budget.Charge(PickleBudget.ObjectBytes / 2, _opcodeOffset);
        Push(value);
    }

    private double ReadBinaryFloat() => BinaryPrimitives.ReadDoubleBigEndian(_input.ReadSpan(8));

    private double ReadDecimalFloat()
    {
        var line = TrimSpace(_input.ReadLine(LongestNumber));
        return PyFloat.TryParse(line, out var value) ? value : throw Fail("The pickle is malformed: a float that is no number");
    }

    private object ReadDecimalInt()
    {
        var line = _input.ReadLine(LongestNumber);
        return line.SequenceEqual("00"u8) ? Boxes.False : line.SequenceEqual("01"u8) ? Boxes.True : ParseInteger(line);
    }

    private object ReadDecimalLong()
    {
        var line = _input.ReadLine(LongestNumber);
        return ParseInteger(line.EndsWith("L"u8) ? line[..^1] : line);
    }

    private object ParseInteger(ReadOnlySpan<byte> text)
    {
        text = TrimSpace(text);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            _budget.Charge(PickleBudget.ObjectBytes / 2, _opcodeOffset);
            return Boxes.Of(value);
        }

        _budget.Charge(PickleBudget.ObjectBytes + text.Length, _opcodeOffset);
        return BigInteger.TryParse(System.Text.Encoding.Latin1.GetString(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large)
            ? large
            : throw Fail("The pickle is malformed: an integer that is no number");
    }

    private object ReadBinaryLong(long length)
    {
        if (length <= sizeof(long))
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            var given = _input.ReadSpan((int)length);
            bytes.Fill(length > 0 && given[^1] >= 0x80 ? (byte)0xFF : (byte)0);
            given.CopyTo(bytes);
            _budget.Charge(PickleBudget.ObjectBytes / 2, _opcodeOffset);
            return Boxes.Of(BinaryPrimitives.ReadInt64LittleEndian(bytes));
        }

        if (length > _options.MaxIntegerBytes)
        {
            throw Fail($"An integer has {length} bytes, more than {_options.MaxIntegerBytes} (PickleOptions.MaxIntegerBytes)");
        }

        _budget.Charge(PickleBudget.ObjectBytes + length, _opcodeOffset);
        var value = new BigInteger(_input.ReadBytes(length));
        return value >= long.MinValue && value <= long.MaxValue ? Boxes.Of((long)value) : value;
    }

    private long ReadDecimalIndex()
    {
        var line = TrimSpace(_input.ReadLine(LongestNumber));
        return uint.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw Fail("The pickle is malformed: the number of a value is no number");
    }

    private static ReadOnlySpan<byte> TrimSpace(ReadOnlySpan<byte> line) => line.Trim(" \t\r\f\v"u8);
}
