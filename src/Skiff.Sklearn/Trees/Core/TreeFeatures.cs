using Skiff.Models;

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

    /// <summary>The nodes of a tree that was given some of the columns, over all of them.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="columns">The columns that it was given.</param>
    /// <exception cref="ModelLoadException">A node looks at a column that it was not given.</exception>
    public static TreeArrays<float> Select(SklearnTree tree, int[] columns)
    {
        var arrays = tree.ReadArrays();
        var features = arrays.Feature;
        for (var i = 0; i < features.Length; i++)
        {
            if (arrays.Left[i] >= 0)
            {
                features[i] = (uint)features[i] < (uint)columns.Length
                    ? columns[features[i]]
                    : throw tree.Error($"a node looks at column {features[i]}; there are {columns.Length} columns");
            }
        }

        return arrays;
    }
}
