namespace Skiff.Sklearn;

/// <summary><c>sklearn.dummy</c>.</summary>
internal static class DummiesCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("DummyClassifier", ["sklearn.dummy"], DummyClassifier.Read),
        new("DummyRegressor", ["sklearn.dummy"], DummyRegressor.Read),
    ];
}
