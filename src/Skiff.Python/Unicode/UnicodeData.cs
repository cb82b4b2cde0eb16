using System.Globalization;
using Skiff.Numerics;

namespace Skiff.Python.Unicode;

/// <summary>
/// CPython's Unicode database, one code point at a time: what <c>str</c>'s predicates and <c>unicodedata</c> answer for it.
/// Names (<c>unicodedata.name</c>, <c>lookup</c>) are left out.
/// </summary>
/// <remarks>
/// That of CPython 3.14, Unicode 16.0. Older releases know fewer characters (3.9: Unicode 13.0, 3.11: 14.0, 3.12: 15.0,
/// 3.13: 15.1): a character that they do not know is neither a letter nor printable to them. Every argument named
/// <c>codePoint</c> is 0 to 0x10FFFF, surrogates included.
/// </remarks>
public static class UnicodeData
{
    private static readonly string[] CategoryNames =
    [
        "Cn", "Lu", "Ll", "Lt", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Lm", "Lo", "Pc",
        "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So",
    ];

    private static readonly string[] BidirectionalNames =
    [
        "", "L", "LRE", "LRO", "R", "AL", "RLE", "RLO", "PDF", "EN", "ES", "ET", "AN", "CS", "NSM", "BN", "B", "S", "WS", "ON",
        "LRI", "RLI", "FSI", "PDI",
    ];

    private static readonly string[] WidthNames = ["N", "F", "H", "W", "Na", "A"];

    /// <summary>The version of the database: <c>unicodedata.unidata_version</c>.</summary>
    public static string Version => "16.0.0";

    /// <summary><c>str.isalpha</c>: a letter (categories Lu, Ll, Lt, Lm, Lo).</summary>
    public static bool IsAlpha(int codePoint) => Has(codePoint, CharacterFlags.Alpha);

    /// <summary><c>str.isalnum</c>: a letter, a decimal, a digit or a numeric character.</summary>
    public static bool IsAlnum(int codePoint) => Has(codePoint, CharacterFlags.Alnum);

    /// <summary><c>str.isdecimal</c>: a digit of a positional decimal system; also <c>\d</c> of <c>re</c>.</summary>
    public static bool IsDecimal(int codePoint) => Has(codePoint, CharacterFlags.Decimal);

    /// <summary><c>str.isdigit</c>: a decimal, or a digit such as a superscript.</summary>
    public static bool IsDigit(int codePoint) => Has(codePoint, CharacterFlags.Digit);

    /// <summary><c>str.isnumeric</c>: has a numeric value.</summary>
    public static bool IsNumeric(int codePoint) => Has(codePoint, CharacterFlags.Numeric);

    /// <summary><c>str.isspace</c>: whitespace; also <c>\s</c> of <c>re</c>, and what <c>strip</c> and <c>split</c> go by.</summary>
    public static bool IsSpace(int codePoint) => Has(codePoint, CharacterFlags.Space);

    /// <summary><c>str.isupper</c> of the character alone.</summary>
    public static bool IsUpper(int codePoint) => Has(codePoint, CharacterFlags.Upper);

    /// <summary><c>str.islower</c> of the character alone.</summary>
    public static bool IsLower(int codePoint) => Has(codePoint, CharacterFlags.Lower);

    /// <summary><c>str.istitle</c> of the character alone: an upper case or a title case letter.</summary>
    public static bool IsTitle(int codePoint) => Has(codePoint, CharacterFlags.Title);

    /// <summary><c>str.isprintable</c>: what <c>repr</c> shows as it is.</summary>
    public static bool IsPrintable(int codePoint) => Has(codePoint, CharacterFlags.Printable);

    /// <summary>May start a Python identifier.</summary>
    public static bool IsIdentifierStart(int codePoint) => Has(codePoint, CharacterFlags.IdentifierStart);

    /// <summary>May continue a Python identifier.</summary>
    public static bool IsIdentifierContinue(int codePoint) => Has(codePoint, CharacterFlags.IdentifierContinue);

    /// <summary>Ends a line for <c>str.splitlines</c>.</summary>
    public static bool IsLineBreak(int codePoint) => Has(codePoint, CharacterFlags.LineBreak);

    /// <summary><c>\w</c> of <c>re</c>: alphanumeric, or the underscore.</summary>
    public static bool IsWord(int codePoint) => codePoint == '_' || Has(codePoint, CharacterFlags.Alnum);

    /// <summary>The simple (one to one) lower case mapping, which <c>re.IGNORECASE</c> compares by.</summary>
    public static int ToLower(int codePoint)
    {
        var mapping = CharacterTable.Lower[CharacterTable.Find(codePoint)];

        // 'İ' alone has a full mapping of several characters; its simple one is 'i'.
        return mapping < CaseMapping.Several ? codePoint + mapping : 'i';
    }

    /// <summary>The upper case mapping where it is one character, else the character itself.</summary>
    public static int ToUpper(int codePoint)
    {
        var mapping = CharacterTable.Upper[CharacterTable.Find(codePoint)];
        return mapping < CaseMapping.Several ? codePoint + mapping : codePoint;
    }

    /// <summary>The title case mapping where it is one character, else the character itself.</summary>
    public static int ToTitle(int codePoint)
    {
        var mapping = CharacterTable.Title[CharacterTable.Find(codePoint)];
        return mapping < CaseMapping.Several ? codePoint + mapping : codePoint;
    }

    /// <summary><c>unicodedata.category</c>: two letters, <c>Cn</c> where nothing is assigned.</summary>
    public static string Category(int codePoint) => CategoryNames[PropertyTable.Category[PropertyTable.Find(codePoint)]];

    /// <summary><c>unicodedata.combining</c>: the canonical combining class, 0 to 254.</summary>
    public static int Combining(int codePoint) => PropertyTable.Combining[PropertyTable.Find(codePoint)];

    /// <summary><c>unicodedata.bidirectional</c>: a name such as <c>L</c> or <c>NSM</c>, empty where none is defined.</summary>
    public static string Bidirectional(int codePoint) => BidirectionalNames[PropertyTable.Bidirectional[PropertyTable.Find(codePoint)]];

    /// <summary><c>unicodedata.east_asian_width</c>: <c>F</c>, <c>H</c>, <c>W</c>, <c>Na</c>, <c>A</c> or <c>N</c>.</summary>
    public static string EastAsianWidth(int codePoint) => WidthNames[PropertyTable.Width[PropertyTable.Find(codePoint)]];

    /// <summary><c>unicodedata.mirrored</c>.</summary>
    public static bool IsMirrored(int codePoint) => (PropertyTable.Quick[PropertyTable.Find(codePoint)] & 16) != 0;

    /// <summary><c>unicodedata.decimal</c>: 0 to 9, or -1 where there is none.</summary>
    public static int Decimal(int codePoint)
    {
        if (!IsDecimal(codePoint))
        {
            return -1;
        }

        var place = NumberTable.Zeros.BinarySearch(codePoint);
        return codePoint - NumberTable.Zeros[place >= 0 ? place : ~place - 1];
    }

    /// <summary><c>unicodedata.digit</c>: 0 to 9, or -1 where there is none.</summary>
    public static int Digit(int codePoint)
    {
        var place = NumberTable.Digits.BinarySearch(codePoint);
        return place >= 0 ? NumberTable.DigitValues[place] : Decimal(codePoint);
    }

    /// <summary><c>unicodedata.numeric</c>.</summary>
    /// <param name="codePoint">The character.</param>
    /// <param name="value">Its value, where it has one.</param>
    /// <returns>Whether it has one.</returns>
    public static bool TryGetNumeric(int codePoint, out double value)
    {
        var place = NumberTable.Numerics.BinarySearch(codePoint);
        value = place >= 0 ? NumberTable.NumericDistinct[NumberTable.NumericValues[place]] : Digit(codePoint);
        return place >= 0 || value >= 0;
    }

    /// <summary><c>unicodedata.decomposition</c>: appends the mapping as Python writes it, <c>&lt;compat&gt; 0020 0308</c>; nothing where there is none.</summary>
    public static void Decomposition(int codePoint, ByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var data = DecompositionTable.Data[DecompositionTable.Find(codePoint)..];
        if (data[0] == 0)
        {
            return;
        }

        var units = data.Slice(1, data[0] & 0xFF);
        var tag = DecompositionTable.Tags[data[0] >> 8];
        destination.Append(Utf8.GetBytes(tag));
        Span<byte> digits = stackalloc byte[8];
        for (var i = 0; i < units.Length;)
        {
            var part = Decomposer.Next(units, ref i);
            if (tag.Length > 0 || i > (part > 0xFFFF ? 2 : 1))
            {
                destination.Append((byte)' ');
            }

            part.TryFormat(digits, out var written, "X4", CultureInfo.InvariantCulture);
            destination.Append(digits[..written]);
        }
    }

    internal static CharacterFlags Flags(int codePoint) => (CharacterFlags)CharacterTable.Flags[CharacterTable.Find(codePoint)];

    internal static bool Has(int codePoint, CharacterFlags flags) => (Flags(codePoint) & flags) != 0;
}
