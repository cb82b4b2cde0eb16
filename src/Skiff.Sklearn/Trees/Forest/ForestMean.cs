using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The mean of what the trees of a forest say.</summary>
internal static class ForestMean
{
    public static void Fill(TreeSet<float> trees, double[] values, Block x, InputPolicy policy, DenseBlock y, Scratch scratch)
    {
        y.Values.Clear();
        var sink = new LeafSums(values, y.Columns, null, y);
        trees.Walk(x, policy, scratch, ref sink);
        foreach (ref var value in y.Values)
        {
            value /= trees.Trees;
        }
    }
}
