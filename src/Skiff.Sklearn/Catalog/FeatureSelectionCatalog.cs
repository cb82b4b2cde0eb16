namespace Skiff.Sklearn;

/// <summary><c>sklearn.feature_selection</c>.</summary>
internal static class FeatureSelectionCatalog
{
    private static readonly string[] Univariate = ["sklearn.feature_selection._univariate_selection", "sklearn.feature_selection.univariate_selection"];
    private static readonly string[] Elimination = ["sklearn.feature_selection._rfe", "sklearn.feature_selection.rfe"];

    public static CatalogEntry[] Entries =>
    [
        new("VarianceThreshold", ["sklearn.feature_selection._variance_threshold", "sklearn.feature_selection.variance_threshold"], VarianceThreshold.Read),
        new("SelectKBest", Univariate, UnivariateSelection.ReadKBest),
        new("SelectPercentile", Univariate, UnivariateSelection.ReadPercentile),
        new("SelectFpr", Univariate, UnivariateSelection.ReadFpr),
        new("SelectFdr", Univariate, UnivariateSelection.ReadFdr),
        new("SelectFwe", Univariate, UnivariateSelection.ReadFwe),
        new("GenericUnivariateSelect", Univariate, UnivariateSelection.ReadGeneric),
        new("SelectFromModel", ["sklearn.feature_selection._from_model", "sklearn.feature_selection.from_model"], SelectFromModel.Read),
        new("RFE", Elimination, RecursiveElimination.Read),
        new("RFECV", Elimination, RecursiveElimination.Read),
        new("SequentialFeatureSelector", ["sklearn.feature_selection._sequential"], SupportMask.ReadSequential),
    ];
}
