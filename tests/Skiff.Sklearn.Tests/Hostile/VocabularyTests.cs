namespace Skiff.Sklearn.Tests.Hostile;

public sealed class VocabularyTests
{
    [Fact]
    public void Find_WordsThatAllHaveOneHash_AreScatteredAndFound()
    {
        var words = HashFlood.Words(2_000);
        var vocabulary = new Vocabulary([.. words.Select(KeyValuePair.Create)]);

        Assert.True(vocabulary.IsScattered);
        Assert.All(words, (word, column) => Assert.Equal(column, vocabulary.Find(Numerics.Utf8.GetBytes(word))));
        Assert.Equal(-1, vocabulary.Find("elsewhere"u8));
    }

    [Fact]
    public void Find_WordsOfALanguage_AreNotScattered()
    {
        var vocabulary = new Vocabulary([.. Enumerable.Range(0, 50_000).Select(i => KeyValuePair.Create($"word{i}", i))]);

        Assert.False(vocabulary.IsScattered);
        Assert.Equal(49_999, vocabulary.Find("word49999"u8));
    }

    [Fact]
    public void Hash_OfNumbersThatAllHaveOneInDotNet_AreMany()
    {
        var numbers = HashFlood.Numbers(1_000).ToArray();

        Assert.Single(numbers.Select(number => number.GetHashCode()).Distinct());
        Assert.InRange(numbers.Select(ScatteredDoubles.Instance.GetHashCode).Distinct().Count(), 990, 1_000);
        Assert.Equal(ScatteredDoubles.Instance.GetHashCode(0.0), ScatteredDoubles.Instance.GetHashCode(-0.0));
        Assert.True(ScatteredDoubles.Instance.Equals(0.0, -0.0));
    }
}
