namespace Skiff.Sklearn;

/// <summary>The searches over hyper-parameters: they answer as their <c>best_estimator_</c>, which is there where <c>refit</c> was on.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/model_selection/_search.py</c>, <c>BaseSearchCV</c>; the same since 0.22.</remarks>
internal static class SearchResult
{
    public static Estimator Read(EstimatorNode node)
    {
        if (!node.Has("best_estimator_"))
        {
            throw node.Error(node.Has("cv_results_")
                ? "'best_estimator_' is missing: with refit=False no estimator is kept; fit with refit=True"
                : "'best_estimator_' is missing: the search is not fitted; call fit before saving it");
        }

        return node.Child("best_estimator_");
    }
}
