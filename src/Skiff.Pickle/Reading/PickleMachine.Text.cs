using System.Text;
using System.Text.Unicode;

namespace Skiff.Pickle;

/// <summary>Texts and byte strings in all their spellings.</summary>
internal sealed partial class PickleMachine
{
    private string ReadText(long length)
    {
        CheckStringLength(length);
        var bytes = length <= PickleInput.BufferSize ? _input.ReadSpan((int)length) : _input.ReadBytes(length);
        return DecodeText(bytes);
    }

    /// <summary>A string of Python 2, whose encoding no one knows; Latin-1 loses nothing, and arrays of Python 2 need it.</summary>
    private string ReadOldText(long length)
    {
        CheckStringLength(length);
        var bytes = length <= PickleInput.BufferSize ? _input.ReadSpan((int)length) : _input.ReadBytes(length);
        _budget.Charge(PickleBudget.ObjectBytes + (2 * length), _opcodeOffset);
        return Encoding.Latin1.GetString(bytes);
    }

    private object ReadBytes(long length)
    {
        _input.CheckAvailable(length);
        if (length > _options.MaxArrayBytes)
        {
            throw Fail($"A byte string has {length} bytes, more than {_options.MaxArrayBytes} (PickleOptions.MaxArrayBytes)");
        }

        _budget.Charge(PickleBudget.ObjectBytes + length, _opcodeOffset);
        var bytes = _input.ReadBytes(length);
        return bytes.Length < ByteString.Threshold ? bytes : new ByteString(bytes);
    }

    private string ReadName() => DecodeText(_input.ReadLine(LongestName));

    private string ReadEscapedText()
    {
        var line = _input.ReadLine(_options.MaxStringBytes);
        _budget.Charge(PickleBudget.ObjectBytes + (2L * line.Length), _opcodeOffset);
        return PythonEscapes.TryDecodeRawUnicode(line, out var text) ? text : throw Fail("The pickle is malformed: a text with a broken escape");
    }

    private string ReadQuotedText()
    {
        var line = TrimSpace(_input.ReadLine(_options.MaxStringBytes));
        if (line.Length < 2 || line[0] != line[^1] || line[0] is not ((byte)'\'' or (byte)'"'))
        {
            throw Fail("The pickle is malformed: a string without quotes");
        }

        _budget.Charge(PickleBudget.ObjectBytes + (2L * line.Length), _opcodeOffset);
        return PythonEscapes.TryDecodeString(line[1..^1], out var text) ? text : throw Fail("The pickle is malformed: a string with a broken escape");
    }

    private string DecodeText(ReadOnlySpan<byte> bytes)
    {
        _budget.Charge(PickleBudget.ObjectBytes + (2L * bytes.Length), _opcodeOffset);
        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        return SurrogateText.TryDecode(bytes, out var text) ? text : throw Fail("The pickle is malformed: a text that is not UTF-8");
    }

    private void CheckStringLength(long length)
    {
        _input.CheckAvailable(length);
        if (length > _options.MaxStringBytes)
        {
            throw Fail($"A text has {length} bytes, more than {_options.MaxStringBytes} (PickleOptions.MaxStringBytes)");
        }
    }
}
