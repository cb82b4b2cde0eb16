using System.Globalization;
using Skiff.Numerics;
using Skiff.Python.Unicode;

namespace Skiff.Python.Tests.Unicode;

/// <summary>Strings made to be awkward, against what CPython answered.</summary>
public sealed class UnicodeTextTests
{
    private delegate void Writer(ReadOnlySpan<byte> text, ByteBuffer destination);

    private static readonly (string Name, Writer Write)[] Answers =
    [
        ("lower", UnicodeText.Lower),
        ("upper", UnicodeText.Upper),
        ("title", UnicodeText.Title),
        ("capitalize", UnicodeText.Capitalize),
        ("swapcase", UnicodeText.SwapCase),
        ("casefold", UnicodeText.CaseFold),
        ("NFC", (text, to) => UnicodeText.Normalize(NormalizationForm.Nfc, text, to)),
        ("NFD", (text, to) => UnicodeText.Normalize(NormalizationForm.Nfd, text, to)),
        ("NFKC", (text, to) => UnicodeText.Normalize(NormalizationForm.Nfkc, text, to)),
        ("NFKD", (text, to) => UnicodeText.Normalize(NormalizationForm.Nfkd, text, to)),
        ("accents unicode", UnicodeText.StripAccentsUnicode),
        ("accents ascii", UnicodeText.StripAccentsAscii),
        ("repr", UnicodeText.Repr),
        ("strip", (text, to) => to.Append(UnicodeText.Strip(text))),
        ("lstrip", (text, to) => to.Append(UnicodeText.StripStart(text))),
        ("rstrip", (text, to) => to.Append(UnicodeText.StripEnd(text))),
        ("strip of characters", (text, to) => to.Append(UnicodeText.Strip(text, "aΣ\u0301 "u8))),
    ];

    [Fact]
    public void EveryMethod_RecordedStrings_AnswersAsCPython()
    {
        var lines = ReferenceFile.ReadLines("strings.txt.gz");
        Assert.True(lines.Length >= 1000);
        var buffer = new ByteBuffer(1);
        foreach (var line in lines)
        {
            var fields = line.Split(' ');
            var text = Convert.FromHexString(fields[1].AsSpan(1));
            Assert.Equal(int.Parse(fields[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), Predicates.Bits(text));
            for (var i = 0; i < Answers.Length; i++)
            {
                buffer.Clear();
                Answers[i].Write(text, buffer);
                var got = Convert.ToHexStringLower(buffer.Written);
                if (!fields[i + 2].AsSpan(1).SequenceEqual(got))
                {
                    Assert.Fail($"{Answers[i].Name} of {fields[1]}: wanted {fields[i + 2]}, got {got}");
                }
            }
        }
    }

    [Fact]
    public void Normalize_RecordedStrings_IsIdempotentAndSaysSo()
    {
        var once = new ByteBuffer();
        var twice = new ByteBuffer();
        foreach (var line in ReferenceFile.ReadLines("strings.txt.gz"))
        {
            var text = Convert.FromHexString(line.Split(' ')[1].AsSpan(1));
            foreach (var form in Enum.GetValues<NormalizationForm>())
            {
                once.Clear();
                UnicodeText.Normalize(form, text, once);
                twice.Clear();
                UnicodeText.Normalize(form, once.Written, twice);
                Assert.True(once.Written.SequenceEqual(twice.Written));
                Assert.True(UnicodeText.IsNormalized(form, once.Written));
                Assert.Equal(once.Written.SequenceEqual(text), UnicodeText.IsNormalized(form, text));
            }
        }
    }

    [Fact]
    public void Normalize_RunOfManyAccents_KeepsTheOrderWithinAClass()
    {
        var text = Utf8.GetBytes("a" + string.Concat(Enumerable.Repeat("\u0301\u0323\u0300", 5000)));
        var expected = Utf8.GetBytes("a" + new string('\u0323', 5000) + string.Concat(Enumerable.Repeat("\u0301\u0300", 5000)));
        var buffer = new ByteBuffer();
        UnicodeText.Normalize(NormalizationForm.Nfd, text, buffer);
        Assert.True(buffer.Written.SequenceEqual(expected));
    }

    [Theory]
    [InlineData("ΑΣ", "ας")]
    [InlineData("ΑΣΑ", "ασα")]
    [InlineData("Σ", "σ")]
    [InlineData("ΑΣ.", "ας.")]
    [InlineData("Α.Σ", "α.ς")]
    [InlineData("ÀÉ straße", "àé straße")]
    [InlineData("The QUICK Brown Fox İ", "the quick brown fox i\u0307")]
    public void Lower_FinalSigmaAndFriends_AsPython(string text, string expected)
    {
        var buffer = new ByteBuffer();
        buffer.Append("kept:"u8);
        UnicodeText.Lower(Utf8.GetBytes(text), buffer);
        Assert.Equal("kept:" + expected, Utf8.GetString(buffer.Written));
    }
}
