using System.Text;
using Skiff.Numerics;

namespace Skiff.Python.Unicode;

/// <content>The questions of <c>str</c>.</content>
public static partial class UnicodeText
{
    /// <summary><c>str.isascii</c>.</summary>
    public static bool IsAscii(ReadOnlySpan<byte> text) => Ascii.IsValid(text);

    /// <summary><c>str.isalpha</c>.</summary>
    public static bool IsAlpha(ReadOnlySpan<byte> text) => !text.IsEmpty && All(text, CharacterFlags.Alpha);

    /// <summary><c>str.isalnum</c>.</summary>
    public static bool IsAlnum(ReadOnlySpan<byte> text) => !text.IsEmpty && All(text, CharacterFlags.Alnum);

    /// <summary><c>str.isdecimal</c>.</summary>
    public static bool IsDecimal(ReadOnlySpan<byte> text) => !text.IsEmpty && All(text, CharacterFlags.Decimal);

    /// <summary><c>str.isdigit</c>.</summary>
    public static bool IsDigit(ReadOnlySpan<byte> text) => !text.IsEmpty && All(text, CharacterFlags.Digit);

    /// <summary><c>str.isnumeric</c>.</summary>
    public static bool IsNumeric(ReadOnlySpan<byte> text) => !text.IsEmpty && All(text, CharacterFlags.Numeric);

    /// <summary><c>str.isspace</c>.</summary>
    public static bool IsSpace(ReadOnlySpan<byte> text) => !text.IsEmpty && All(text, CharacterFlags.Space);

    /// <summary><c>str.isprintable</c>: true of the empty text.</summary>
    public static bool IsPrintable(ReadOnlySpan<byte> text) => All(text, CharacterFlags.Printable);

    /// <summary><c>str.isidentifier</c>.</summary>
    public static bool IsIdentifier(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        var index = 0;
        return UnicodeData.IsIdentifierStart(Utf8.Decode(text, ref index)) && All(text[index..], CharacterFlags.IdentifierContinue);
    }

    /// <summary><c>str.isupper</c>: some cased characters, and all of them upper case.</summary>
    public static bool IsUpper(ReadOnlySpan<byte> text) => IsOneCase(text, CharacterFlags.Upper, CharacterFlags.Lower);

    /// <summary><c>str.islower</c>: some cased characters, and all of them lower case.</summary>
    public static bool IsLower(ReadOnlySpan<byte> text) => IsOneCase(text, CharacterFlags.Lower, CharacterFlags.Upper);

    /// <summary><c>str.istitle</c>: upper and title case follow only uncased characters, lower case only cased ones.</summary>
    public static bool IsTitle(ReadOnlySpan<byte> text)
    {
        var cased = false;
        var afterCased = false;
        for (var index = 0; index < text.Length;)
        {
            var flags = UnicodeData.Flags(Utf8.Decode(text, ref index));
            var starts = (flags & CharacterFlags.Title) != 0;
            var follows = !starts && (flags & CharacterFlags.Lower) != 0;
            if ((starts && afterCased) || (follows && !afterCased))
            {
                return false;
            }

            afterCased = starts || follows;
            cased |= afterCased;
        }

        return cased;
    }

    private static bool All(ReadOnlySpan<byte> text, CharacterFlags flag)
    {
        for (var index = 0; index < text.Length;)
        {
            if (!UnicodeData.Has(Utf8.Decode(text, ref index), flag))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOneCase(ReadOnlySpan<byte> text, CharacterFlags wanted, CharacterFlags refused)
    {
        var cased = false;
        for (var index = 0; index < text.Length;)
        {
            var flags = UnicodeData.Flags(Utf8.Decode(text, ref index));
            var titleAlone = (flags & (CharacterFlags.Title | CharacterFlags.Upper)) == CharacterFlags.Title;
            if (titleAlone || (flags & refused) != 0)
            {
                return false;
            }

            cased |= (flags & wanted) != 0;
        }

        return cased;
    }
}
