using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What the leaves of a classifier's tree say: probabilities, output after output.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/tree/_classes.py</c>, <c>predict_proba</c>; before 1.4 the values count samples, and each tree divides by their sum.</remarks>
internal static class LeafProbabilities
{
    /// <summary>Checks a tree against the labels of the estimator that holds it.</summary>
    /// <exception cref="ModelLoadException">It has other outputs, or other numbers of classes.</exception>
    public static void Check(SklearnTree tree, TreeLabels labels)
    {
        if (tree.Outputs != labels.Outputs.Count)
        {
            throw tree.Error($"the tree has {tree.Outputs} outputs, 'classes_' has labels of {labels.Outputs.Count}");
        }

        for (var k = 0; k < tree.Outputs; k++)
        {
            if (tree.Classes[k] != labels.Outputs[k].Count)
            {
                throw tree.Error($"output {k} of the tree has {tree.Classes[k]} classes, 'classes_' has {labels.Outputs[k].Count} labels for it");
            }
        }
    }

    /// <summary>Fills in the probabilities of a leaf.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="leaf">The leaf's index in the file.</param>
    /// <param name="version">The release that wrote it.</param>
    /// <param name="values">Where they go, from the first on.</param>
    /// <returns>How many they are.</returns>
    public static int Fill(SklearnTree tree, int leaf, SklearnVersion version, Span<double> values)
    {
        var filled = 0;
        for (var k = 0; k < tree.Outputs; k++)
        {
            var counts = tree.At(leaf, k);
            var sum = version < new SklearnVersion(1, 4) ? NumpySum.Of(counts) : 1;
            foreach (var count in counts)
            {
                values[filled++] = sum == 0 ? count : count / sum;
            }
        }

        return filled;
    }
}
