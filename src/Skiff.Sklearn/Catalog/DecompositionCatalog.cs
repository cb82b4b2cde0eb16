namespace Skiff.Sklearn;

/// <summary><c>sklearn.decomposition</c>.</summary>
internal static class DecompositionCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("TruncatedSVD", ["sklearn.decomposition._truncated_svd", "sklearn.decomposition.truncated_svd"], TruncatedSvd.Read),
    ];
}
