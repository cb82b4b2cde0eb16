namespace Skiff.Sklearn;

/// <summary><c>sklearn.discriminant_analysis</c>.</summary>
internal static class DiscriminantAnalysisCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("LinearDiscriminantAnalysis", ["sklearn.discriminant_analysis"], LinearDiscriminant.Read),
        new("QuadraticDiscriminantAnalysis", ["sklearn.discriminant_analysis"], QuadraticDiscriminant.Read),
    ];
}
