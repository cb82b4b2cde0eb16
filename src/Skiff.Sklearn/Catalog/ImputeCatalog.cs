namespace Skiff.Sklearn;

/// <summary><c>sklearn.impute</c>.</summary>
internal static class ImputeCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("SimpleImputer", ["sklearn.impute._base"], SimpleImputer.Read),
        new("KNNImputer", ["sklearn.impute._knn"], KnnImputer.Read),
        new("IterativeImputer", ["sklearn.impute._iterative"], IterativeImputer.Read),
        new("MissingIndicator", ["sklearn.impute._base"], MissingIndicator.Read),
    ];
}
