namespace Skiff.Sklearn;

/// <summary>The number of columns of an estimator and of its trees.</summary>
internal static class TreeFeatures
{
    /// <summary>Checks that a tree takes as many columns as the estimator says.</summary>
    /// <remarks><c>n_features_in_</c> has been there since 0.24, <c>n_features_</c> until 1.1.</remarks>
    public static void Check(EstimatorNode node, SklearnTree tree)
    {
        foreach (var name in (ReadOnlySpan<string>)["n_features_in_", "n_features_"])
        {
            if (node.Has(name) && node.CheckedInteger(name, 1, int.MaxValue) is var count && count != tree.Features)
            {
                throw tree.Error($"the tree takes {tree.Features} columns, '{name}' is {count}");
            }
        }
    }
}
