namespace Skiff.Python.Interpreter;

/// <summary>Where UTF-8 goes wrong, as CPython's decoder sees it.</summary>
internal static class Utf8Decoding
{
    /// <summary>The length of the sequence at the start, or of the part of it that is invalid, with the reason.</summary>
    public static int Sequence(ReadOnlySpan<byte> bytes, out string? reason)
    {
        reason = null;
        var first = bytes[0];
        if (first < 0x80)
        {
            return 1;
        }

        var length = first switch
        {
            >= 0xC2 and < 0xE0 => 2,
            >= 0xE0 and < 0xF0 => 3,
            >= 0xF0 and < 0xF5 => 4,
            _ => 0,
        };
        if (length == 0)
        {
            reason = "invalid start byte";
            return 1;
        }

        for (var i = 1; i < length; i++)
        {
            if (i >= bytes.Length)
            {
                reason = "unexpected end of data";
                return i;
            }

            if (!IsContinuation(first, bytes[i], i))
            {
                reason = "invalid continuation byte";
                return i;
            }
        }

        return length;
    }

    private static bool IsContinuation(byte first, byte next, int index)
    {
        var low = index > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        var high = index > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        return next >= low && next <= high;
    }
}
