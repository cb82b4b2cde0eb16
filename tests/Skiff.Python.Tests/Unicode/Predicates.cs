using Skiff.Python.Unicode;

namespace Skiff.Python.Tests.Unicode;

/// <summary>The predicates of <c>str</c> as the bits in which the reference files hold them.</summary>
internal static class Predicates
{
    internal static int Bits(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<bool> answers =
        [
            UnicodeText.IsAlpha(text), UnicodeText.IsAlnum(text), UnicodeText.IsDecimal(text), UnicodeText.IsDigit(text),
            UnicodeText.IsNumeric(text), UnicodeText.IsSpace(text), UnicodeText.IsUpper(text), UnicodeText.IsLower(text),
            UnicodeText.IsTitle(text), UnicodeText.IsPrintable(text), UnicodeText.IsIdentifier(text), UnicodeText.IsAscii(text),
        ];
        var bits = 0;
        for (var i = 0; i < answers.Length; i++)
        {
            bits |= answers[i] ? 1 << i : 0;
        }

        return bits;
    }
}
