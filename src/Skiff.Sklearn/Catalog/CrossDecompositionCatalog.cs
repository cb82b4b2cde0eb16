namespace Skiff.Sklearn;

/// <summary><c>sklearn.cross_decomposition</c>.</summary>
internal static class CrossDecompositionCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("PLSRegression", ["sklearn.cross_decomposition._pls", "sklearn.cross_decomposition.pls_"], PartialLeastSquares.Read),
        new("PLSCanonical", ["sklearn.cross_decomposition._pls", "sklearn.cross_decomposition.pls_"], PartialLeastSquares.Read),
        new("PLSSVD", ["sklearn.cross_decomposition._pls", "sklearn.cross_decomposition.pls_"], LatentProjection.ReadSvd),
        new("CCA", ["sklearn.cross_decomposition._pls", "sklearn.cross_decomposition._cca", "sklearn.cross_decomposition.cca_"], PartialLeastSquares.Read),
    ];
}
