namespace Skiff.Sklearn;

/// <summary>Whether a tree takes NaN: that depends on the release and on how it was grown, not on whether it has met any.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/tree/_classes.py</c>, <c>_support_missing_values</c> and the tags of the four classes. Decision trees take NaN
/// since 1.3, with the best splitter and certain criteria; without monotonic constraints from 1.4 to 1.8. With the random splitter, and so in
/// extremely randomized trees, since 1.6. In 1.9 neither criterion nor constraints matter. Forests ask their first tree since 1.4.
/// </remarks>
internal static class MissingValues
{
    /// <summary>Judges one tree.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="isExtra">Whether it is an extremely randomized one.</param>
    public static bool AreAllowed(EstimatorNode node, bool isExtra)
    {
        if (node.Version < new SklearnVersion(1, 3))
        {
            return false;
        }

        var splitter = node.Text("splitter", isExtra ? "random" : "best");
        if (node.Version >= new SklearnVersion(1, 9))
        {
            return !isExtra || splitter == "random";
        }

        if (node.Version >= new SklearnVersion(1, 4) && node.Optional("monotonic_cst") is not null)
        {
            return false;
        }

        // In 1.6 the tag of ExtraTreeRegressor is not set, by a slip of its source, and so is that of a decision tree.
        var isLikeExtra = isExtra && (node.ClassName != "ExtraTreeRegressor" || node.Version >= new SklearnVersion(1, 7));
        var fits = node.Version < new SklearnVersion(1, 6) ? splitter == "best" : splitter == "random" || (splitter == "best" && !isLikeExtra);
        return fits && node.Optional("criterion") is ("gini" or "log_loss" or "entropy" or "squared_error" or "friedman_mse" or "poisson");
    }
}
