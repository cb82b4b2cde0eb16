using Skiff.Numerics;
using Skiff.Python.Regex;

namespace Skiff.Python.Tests.Regex;

/// <summary>Patterns made to explode end: by notes where these are right, by the budget elsewhere.</summary>
public sealed class RegexBudgetTests
{
    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData(@"(\w+\s?)*b$")]
    [InlineData("(a*)*b")]
    [InlineData("((a*)*)*b")]
    [InlineData("(a|b|ab)*c")]
    [InlineData("(?:a?){30}a{30}b")]
    [InlineData("(?:(a+)|(b+))*?c")]
    [InlineData("(a+?)+?b")]
    [InlineData("(x+x+)+y|(a+a+)+b")]
    [InlineData(@"^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData(".*.*.*=.*")]
    public void Search_ExplodingPatternWithoutReferences_TakesStepsInProportion(string pattern)
    {
        var regex = PyRegex.Compile(Utf8.GetBytes(pattern));
        var text = Utf8.GetBytes(new string('a', 20_000) + "!");
        var match = new PyMatch { StepBudget = 5_000_000 };
        Assert.False(regex.Search(text, match));
    }

    [Theory]
    [InlineData(@"(a+)\1+b\1")]
    [InlineData("(?=(a+)+$)a")]
    [InlineData("(a{1,3}){2,400}$")]
    [InlineData("(?>(a|aa)+c|a)+$")]
    public void Search_ExplodingPatternThatNeedsMore_EndsByBudgetOrAnswer(string pattern)
    {
        var regex = PyRegex.Compile(Utf8.GetBytes(pattern));
        var text = Utf8.GetBytes(new string('a', 3_000) + "!");
        var match = new PyMatch { StepBudget = 200_000 };
        try
        {
            regex.Search(text, match);
        }
        catch (PyBudgetException e)
        {
            Assert.Equal("a regular expression took more than 200000 steps on a text of 3001 bytes (PyMatch.StepBudget)", e.Message);
        }
    }

    [Fact]
    public void Matches_AllTogether_ShareOneBudget()
    {
        var regex = PyRegex.Compile(@"(?=(a+)\1b|)a"u8);
        var match = new PyMatch { StepBudget = 20_000 };
        var text = Utf8.GetBytes(new string('a', 5_000));
        Assert.Throws<PyBudgetException>(() =>
        {
            var matches = regex.Matches(text, match);
            while (matches.MoveNext())
            {
            }
        });
    }

    [Fact]
    public void Search_AfterTheBudgetRanOut_StartsAfresh()
    {
        var match = new PyMatch { StepBudget = 1_000 };
        var hard = PyRegex.Compile(@"(a+)+\1b"u8);
        Assert.Throws<PyBudgetException>(() => hard.Search(Utf8.GetBytes(new string('a', 60)), match));
        Assert.True(PyRegex.Compile("(a)b"u8).Search("xab"u8, match));
        Assert.Equal((1, 3, 1, 2), (match.Start(0), match.End(0), match.Start(1), match.End(1)));
    }

    [Fact]
    public void Compile_GroupsNestedTooDeep_IsRefused()
    {
        var error = Assert.Throws<PyRegexException>(() => PyRegex.Compile(Utf8.GetBytes(new string('(', 100_000))));
        Assert.Equal("groups are nested more than 200 deep at position 200", error.Message);
        PyRegex.Compile(Utf8.GetBytes(new string('(', 150) + new string(')', 150)));
        var nested = string.Concat(Enumerable.Repeat("(?:", 190)) + "a" + string.Concat(Enumerable.Repeat("){2,3}", 190));
        PyRegex.Compile(Utf8.GetBytes(nested));
    }

    [Fact]
    public void Compile_NamedCharacter_SaysThatItIsNotSupported()
    {
        var error = Assert.Throws<PyRegexException>(() => PyRegex.Compile(@"a\N{EM DASH}"u8));
        Assert.Equal("named characters are not supported: 'EM DASH' at position 1", error.Message);
        Assert.Equal(("named characters are not supported: 'EM DASH'", 1, 1, 2), (error.Reason, error.Position, error.Line, error.Column));
    }

    [Fact]
    public void Search_InSteadyState_AllocatesNothing()
    {
        var regex = PyRegex.Compile(@"(\w+)\s(?:x|y)*(\d{2,4})?|(?<=a)b"u8);
        var template = PyTemplate.Parse(@"<\2\1>"u8, regex);
        var text = "some words 12 and x 1234 more, ab"u8.ToArray();
        var buffer = new ByteBuffer();
        var match = new PyMatch();
        var allocated = long.MaxValue;
        for (var round = 0; round < 20 && allocated > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            buffer.Clear();
            regex.Sub(text, template, 0, buffer, match);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void PyMatch_GroupOutOfRange_Throws()
    {
        var match = new PyMatch();
        Assert.True(PyRegex.Compile("(a)"u8).Search("a"u8, match));
        Assert.Throws<ArgumentOutOfRangeException>(() => match.Start(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => match.End(-1));
    }
}
