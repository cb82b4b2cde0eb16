namespace Skiff.Sklearn;

/// <summary><c>sklearn.model_selection</c>: a search answers as the best estimator that it has found.</summary>
internal static class ModelSelectionCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("GridSearchCV", ["sklearn.model_selection._search"], SearchResult.Read),
        new("RandomizedSearchCV", ["sklearn.model_selection._search"], SearchResult.Read),
        new("HalvingGridSearchCV", ["sklearn.model_selection._search_successive_halving"], SearchResult.Read),
        new("HalvingRandomSearchCV", ["sklearn.model_selection._search_successive_halving"], SearchResult.Read),
    ];
}
