using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What the leaves of a regressor's tree say: a number an output.</summary>
internal static class LeafValues
{
    /// <summary>Checks a tree against the estimator that holds it.</summary>
    /// <exception cref="ModelLoadException">It is a classifier's tree, or has other outputs.</exception>
    public static void Check(SklearnTree tree, int outputs)
    {
        if (tree.Outputs != outputs)
        {
            throw tree.Error($"the tree has {tree.Outputs} outputs; {outputs} are expected");
        }

        if (tree.Width != 1)
        {
            throw tree.Error($"the tree has {tree.Width} values an output; a regressor's has 1");
        }
    }

    /// <summary>Fills in the numbers of each leaf, from the first of <paramref name="values"/> on.</summary>
    /// <returns>How many they are.</returns>
    public static int Fill(SklearnTree tree, List<int> leaves, Span<double> values)
    {
        var filled = 0;
        foreach (var leaf in leaves)
        {
            for (var k = 0; k < tree.Outputs; k++)
            {
                values[filled++] = tree.At(leaf, k)[0];
            }
        }

        return filled;
    }
}
