using Skiff.Numerics;
using Skiff.Python.Regex;

namespace Skiff.Python.Tests.Regex;

/// <summary>The hand-made tokenizer against the pattern that it stands for.</summary>
public sealed class WordTokenizerTests
{
    private readonly PyRegex _pattern = PyRegex.Compile(Utf8.GetBytes(WordTokenizer.Pattern));
    private readonly PyMatch _match = new();

    [Theory]
    [InlineData(@"(?u)\b\w\w+\b", true)]
    [InlineData(@"\b\w\w+\b", true)]
    [InlineData(@"(?u)\b\w+\b", false)]
    [InlineData(@"(?a)\b\w\w+\b", false)]
    [InlineData("", false)]
    public void TryMatch_Pattern_KnowsItsOwn(string pattern, bool expected) => Assert.Equal(expected, WordTokenizer.TryMatch(Utf8.GetBytes(pattern)));

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "")]
    [InlineData("ab", "ab")]
    [InlineData("I am a fan of ab_c, 12 and x2!", "am|fan|of|ab_c|12|and|x2")]
    [InlineData("naïve café — Ω ß\u0301ß Straße", "naïve|café|Straße")]
    [InlineData("東京 は", "東京")]
    public void MoveNext_Text_FindsWordsOfTwoAndMore(string text, string expected)
    {
        var bytes = Utf8.GetBytes(text);
        Assert.Equal(expected, string.Join('|', Tokens(bytes).Select(token => Utf8.GetString(bytes.AsSpan(token)))));
    }

    [Fact]
    public void MoveNext_RandomTexts_FindsWhatThePatternFinds()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var text = new ByteBuffer();
        for (var round = 0; round < 3000; round++)
        {
            text.Clear();
            for (var length = random.Next(40); length > 0; length--)
            {
                text.AppendCodePoint(random.Next(4) switch
                {
                    0 => random.Next(0x80),
                    1 => "ab_1 .-é\u0301Ωя東\u00a0"[random.Next(13)],
                    2 => random.Next(0x3000),
                    _ => random.Next(0x110000),
                });
            }

            var bytes = text.Written.ToArray();
            List<Range> expected = [];
            var matches = _pattern.Matches(bytes, _match);
            while (matches.MoveNext())
            {
                expected.Add(_match.Start(0).._match.End(0));
            }

            if (!expected.SequenceEqual(Tokens(bytes)))
            {
                Assert.Fail($"seed {seed}: {Convert.ToHexString(bytes)}");
            }
        }
    }

    private static List<Range> Tokens(byte[] text)
    {
        List<Range> found = [];
        foreach (var range in new WordTokenizer(text))
        {
            found.Add(range);
        }

        return found;
    }
}
