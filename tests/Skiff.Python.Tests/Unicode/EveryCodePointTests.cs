using System.Globalization;
using Skiff.Numerics;
using Skiff.Python.Unicode;
using Encoding = System.Text.Encoding;

namespace Skiff.Python.Tests.Unicode;

/// <summary>Every code point, 0 to 0x10FFFF, against what CPython answered for it.</summary>
public sealed class EveryCodePointTests
{
    private const int CodePoints = 0x110000;

    private static readonly Lazy<Dictionary<string, string[]>> Sections = new(ReadSections);

    private delegate void Writer(ReadOnlySpan<byte> text, ByteBuffer destination);

    [Fact]
    public void Flags_EveryCodePoint_AreCPythons() => Compare("flags", codePoint => Bits(codePoint).ToString("x", CultureInfo.InvariantCulture));

    [Fact]
    public void Category_EveryCodePoint_IsCPythons() => Compare("category", codePoint => Hex(UnicodeData.Category(codePoint)));

    [Fact]
    public void Combining_EveryCodePoint_IsCPythons() =>
        Compare("combining", codePoint => UnicodeData.Combining(codePoint).ToString("x", CultureInfo.InvariantCulture));

    [Fact]
    public void Bidirectional_EveryCodePoint_IsCPythons() => Compare("bidirectional", codePoint => Hex(UnicodeData.Bidirectional(codePoint)), "");

    [Fact]
    public void EastAsianWidth_EveryCodePoint_IsCPythons() => Compare("east_asian_width", codePoint => Hex(UnicodeData.EastAsianWidth(codePoint)));

    [Fact]
    public void Decimal_EveryCodePoint_IsCPythons() =>
        Compare("decimal", codePoint => (UnicodeData.Decimal(codePoint) + 1).ToString("x", CultureInfo.InvariantCulture));

    [Fact]
    public void Digit_EveryCodePoint_IsCPythons() =>
        Compare("digit", codePoint => (UnicodeData.Digit(codePoint) + 1).ToString("x", CultureInfo.InvariantCulture));

    [Fact]
    public void Numeric_EveryCodePoint_IsCPythons() => Compare(
        "numeric",
        codePoint => UnicodeData.TryGetNumeric(codePoint, out var value)
            ? BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture)
            : "");

    [Fact]
    public void Decomposition_EveryCodePoint_IsCPythons()
    {
        var buffer = new ByteBuffer();
        Compare("decomposition", codePoint =>
        {
            buffer.Clear();
            UnicodeData.Decomposition(codePoint, buffer);
            return Convert.ToHexStringLower(buffer.Written);
        }, "");
    }

    [Fact]
    public void ToLower_EveryCodePoint_IsTheSimpleMappingOfRe()
    {
        var expected = Sections.Value["simple_lower"];
        for (var codePoint = 0; codePoint < CodePoints; codePoint++)
        {
            var lower = UnicodeData.ToLower(codePoint);
            if (lower != codePoint + ParseSigned(expected[codePoint]?[1..] ?? "0"))
            {
                Assert.Fail($"simple lower of U+{codePoint:X4}: wanted {expected[codePoint]}, got U+{lower:X4}");
            }
        }
    }

    [Theory]
    [InlineData("lower")]
    [InlineData("upper")]
    [InlineData("title")]
    [InlineData("capitalize")]
    [InlineData("swapcase")]
    [InlineData("casefold")]
    [InlineData("NFC")]
    [InlineData("NFD")]
    [InlineData("NFKC")]
    [InlineData("NFKD")]
    [InlineData("accents_unicode")]
    [InlineData("accents_ascii")]
    public void Mapping_EveryCodePoint_IsCPythons(string name)
    {
        Writer map = name switch
        {
            "lower" => UnicodeText.Lower,
            "upper" => UnicodeText.Upper,
            "title" => UnicodeText.Title,
            "capitalize" => UnicodeText.Capitalize,
            "swapcase" => UnicodeText.SwapCase,
            "casefold" => UnicodeText.CaseFold,
            "NFC" => (text, to) => UnicodeText.Normalize(NormalizationForm.Nfc, text, to),
            "NFD" => (text, to) => UnicodeText.Normalize(NormalizationForm.Nfd, text, to),
            "NFKC" => (text, to) => UnicodeText.Normalize(NormalizationForm.Nfkc, text, to),
            "NFKD" => (text, to) => UnicodeText.Normalize(NormalizationForm.Nfkd, text, to),
            "accents_unicode" => UnicodeText.StripAccentsUnicode,
            _ => UnicodeText.StripAccentsAscii,
        };
        var expected = Sections.Value[name];
        var buffer = new ByteBuffer();
        var wanted = new ByteBuffer();
        Span<byte> text = stackalloc byte[4];
        for (var codePoint = 0; codePoint < CodePoints; codePoint++)
        {
            buffer.Clear();
            var source = text[..Utf8.Encode(codePoint, text)];
            map(source, buffer);
            wanted.Clear();
            var answer = expected[codePoint];
            if (answer is null || answer.StartsWith('+'))
            {
                wanted.AppendCodePoint(codePoint + (answer is null ? 0 : ParseSigned(answer[1..])));
            }
            else
            {
                wanted.Append(Convert.FromHexString(answer));
            }

            if (!wanted.Written.SequenceEqual(buffer.Written))
            {
                Assert.Fail($"{name} of U+{codePoint:X4}: wanted {answer}, got {Convert.ToHexStringLower(buffer.Written)}");
            }
        }
    }

    [Fact]
    public void Repr_EveryCodePointRecorded_IsCPythons()
    {
        var expected = Sections.Value["repr"];
        var buffer = new ByteBuffer();
        Span<byte> text = stackalloc byte[4];
        for (var codePoint = 0; codePoint < 0x400; codePoint++)
        {
            buffer.Clear();
            UnicodeText.Repr(text[..Utf8.Encode(codePoint, text)], buffer);
            Assert.Equal(expected[codePoint], Convert.ToHexStringLower(buffer.Written));
        }
    }

    private static int Bits(int codePoint)
    {
        Span<byte> bytes = stackalloc byte[4];
        ReadOnlySpan<byte> text = bytes[..Utf8.Encode(codePoint, bytes)];
        var bits = Predicates.Bits(text);
        bits |= UnicodeData.IsIdentifierContinue(codePoint) ? 1 << 12 : 0;
        bits |= UnicodeData.IsLineBreak(codePoint) ? 1 << 13 : 0;
        bits |= UnicodeData.Has(codePoint, CharacterFlags.HasCase) ? 1 << 14 : 0;
        return bits | (UnicodeData.IsMirrored(codePoint) ? 1 << 15 : 0);
    }

    private static void Compare(string name, Func<int, string> answer, string none = "0")
    {
        var expected = Sections.Value[name];
        var absent = name == "numeric" ? "" : none;
        for (var codePoint = 0; codePoint < CodePoints; codePoint++)
        {
            var wanted = expected[codePoint] ?? absent;
            var got = answer(codePoint);
            if (wanted != got)
            {
                Assert.Fail($"{name} of U+{codePoint:X4}: wanted {wanted}, got {got}");
            }
        }
    }

    private static Dictionary<string, string[]> ReadSections()
    {
        var sections = new Dictionary<string, string[]>();
        string[] current = [];
        foreach (var line in ReferenceFile.ReadLines("characters.txt.gz"))
        {
            if (line[0] == '@')
            {
                sections[line[1..]] = current = new string[CodePoints];
                continue;
            }

            var fields = line.Split(' ');
            var last = int.Parse(fields[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            for (var codePoint = int.Parse(fields[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture); codePoint <= last; codePoint++)
            {
                current[codePoint] = fields[2];
            }
        }

        return sections;
    }

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(text));

    private static int ParseSigned(string text) => text[0] == '-'
        ? -int.Parse(text[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
