using System.Buffers;
using System.Text;
using Skiff.Numerics;

namespace Skiff.Python.Unicode;

/// <summary>The methods of Python's <c>str</c> that depend on Unicode, over UTF-8 (lone surrogates as three bytes of their own).</summary>
/// <remarks>Behaves as CPython 3.14 (Unicode 16.0); see <see cref="UnicodeData"/> for older releases. Methods that write append, and do not read what the destination holds.</remarks>
public static partial class UnicodeText
{
    /// <summary><c>str.lower</c>, with the rule of the final sigma.</summary>
    public static void Lower(ReadOnlySpan<byte> text, ByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var status = Ascii.ToLower(text, destination.GetSpan(text.Length), out var index);
        destination.Advance(index);
        while (status != OperationStatus.Done && index < text.Length)
        {
            var start = index;
            var codePoint = Utf8.Decode(text, ref index);
            CaseMapping.AppendLower(text, start, index, codePoint, destination);
        }
    }

    /// <summary><c>str.upper</c>: one character may become several.</summary>
    public static void Upper(ReadOnlySpan<byte> text, ByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var status = Ascii.ToUpper(text, destination.GetSpan(text.Length), out var index);
        destination.Advance(index);
        while (status != OperationStatus.Done && index < text.Length)
        {
            CaseMapping.AppendUpper(Utf8.Decode(text, ref index), destination);
        }
    }

    /// <summary><c>str.casefold</c>: full case folding, for comparing without case.</summary>
    public static void CaseFold(ReadOnlySpan<byte> text, ByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var status = Ascii.ToLower(text, destination.GetSpan(text.Length), out var index);
        destination.Advance(index);
        while (status != OperationStatus.Done && index < text.Length)
        {
            CaseMapping.AppendFold(Utf8.Decode(text, ref index), destination);
        }
    }

    /// <summary><c>str.title</c>: the first letter of every run of cased characters in title case, the others in lower case.</summary>
    public static void Title(ReadOnlySpan<byte> text, ByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var afterCased = false;
        for (var index = 0; index < text.Length;)
        {
            var start = index;
            var codePoint = Utf8.Decode(text, ref index);
            if (afterCased)
            {
                CaseMapping.AppendLower(text, start, index, codePoint, destination);
            }
            else
            {
                CaseMapping.AppendTitle(codePoint, destination);
            }

            afterCased = UnicodeData.Has(codePoint, CharacterFlags.Cased);
        }
    }

    /// <summary><c>str.capitalize</c>: the first character in title case (since Python 3.8), the others in lower case.</summary>
    public static void Capitalize(ReadOnlySpan<byte> text, ByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        for (var index = 0; index < text.Length;)
        {
            var start = index;
            var codePoint = Utf8.Decode(text, ref index);
            if (start == 0)
            {
                CaseMapping.AppendTitle(codePoint, destination);
            }
            else
            {
                CaseMapping.AppendLower(text, start, index, codePoint, destination);
            }
        }
    }

    /// <summary><c>str.swapcase</c>.</summary>
    public static void SwapCase(ReadOnlySpan<byte> text, ByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        for (var index = 0; index < text.Length;)
        {
            var start = index;
            var codePoint = Utf8.Decode(text, ref index);
            var flags = UnicodeData.Flags(codePoint);
            if ((flags & CharacterFlags.Upper) != 0)
            {
                CaseMapping.AppendLower(text, start, index, codePoint, destination);
            }
            else if ((flags & CharacterFlags.Lower) != 0)
            {
                CaseMapping.AppendUpper(codePoint, destination);
            }
            else
            {
                destination.Append(text[start..index]);
            }
        }
    }

    /// <summary><c>unicodedata.normalize</c>.</summary>
    public static void Normalize(NormalizationForm form, ReadOnlySpan<byte> text, ByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Normalizer.Normalize(form, text, destination);
    }

    /// <summary><c>unicodedata.is_normalized</c>.</summary>
    public static bool IsNormalized(NormalizationForm form, ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
        {
            return true;
        }

        var normalized = new ByteBuffer(text.Length + 16);
        Normalizer.Normalize(form, text, normalized);
        return text.SequenceEqual(normalized.Written);
    }

    /// <summary>scikit-learn's <c>strip_accents_unicode</c>: NFKD, then without every character that combines.</summary>
    public static void StripAccentsUnicode(ReadOnlySpan<byte> text, ByteBuffer destination) => StripAccents(text, ascii: false, destination);

    /// <summary>scikit-learn's <c>strip_accents_ascii</c>: NFKD, then ASCII characters alone.</summary>
    public static void StripAccentsAscii(ReadOnlySpan<byte> text, ByteBuffer destination) => StripAccents(text, ascii: true, destination);

    private static void StripAccents(ReadOnlySpan<byte> text, bool ascii, ByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Span<int> parts = stackalloc int[Decomposer.LongestExpansion];
        for (var index = 0; index < text.Length;)
        {
            var plain = text[index..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            plain = plain < 0 ? text.Length - index : plain;
            destination.Append(text.Slice(index, plain));
            index += plain;
            if (index == text.Length)
            {
                break;
            }

            var start = index;
            var codePoint = Utf8.Decode(text, ref index);
            if (Decomposer.IsWhole(codePoint))
            {
                if (!ascii && UnicodeData.Combining(codePoint) == 0)
                {
                    destination.Append(text[start..index]);
                }

                continue;
            }

            // Canonical ordering moves only characters that combine, and none of those stays.
            var count = Decomposer.Decompose(codePoint, compatibility: true, parts);
            foreach (var part in parts[..count])
            {
                if (ascii ? part < 0x80 : UnicodeData.Combining(part) == 0)
                {
                    destination.AppendCodePoint(part);
                }
            }
        }
    }
}
