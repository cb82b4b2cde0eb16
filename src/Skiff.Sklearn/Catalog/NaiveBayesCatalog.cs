namespace Skiff.Sklearn;

/// <summary><c>sklearn.naive_bayes</c>.</summary>
internal static class NaiveBayesCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("MultinomialNB", ["sklearn.naive_bayes"], MultinomialNB.Read),
        new("ComplementNB", ["sklearn.naive_bayes"], ComplementNB.Read),
        new("BernoulliNB", ["sklearn.naive_bayes"], BernoulliNB.Read),
        new("GaussianNB", ["sklearn.naive_bayes"], GaussianNB.Read),
        new("CategoricalNB", ["sklearn.naive_bayes"], CategoricalNB.Read),
    ];
}
