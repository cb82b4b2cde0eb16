using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Adds the values of leaves to rows, tree after tree, as scikit-learn's accumulation does without jobs.</summary>
/// <param name="values">The values of every leaf, one behind the other.</param>
/// <param name="width">How many a leaf has.</param>
/// <param name="columns">The first column that each tree adds to; null for the first.</param>
/// <param name="y">What they are added to.</param>
internal readonly struct LeafSums(double[] values, int width, int[]? columns, DenseBlock y) : ILeafSink
{
    public void Take(int row, int tree, int leaf)
    {
        var sums = y.Row(row);
        var column = columns is null ? 0 : columns[tree];
        if (width == 1)
        {
            sums[column] += values[leaf];
            return;
        }

        if (width == 2)
        {
            sums[column] += values[2 * leaf];
            sums[column + 1] += values[(2 * leaf) + 1];
            return;
        }

        var from = values.AsSpan(leaf * width, width);
        var to = sums.Slice(column, width);
        for (var i = 0; i < from.Length; i++)
        {
            to[i] += from[i];
        }
    }
}

/// <summary>Notes the leaf of each row, for a single tree.</summary>
/// <param name="leaves">Receives them.</param>
internal readonly struct LeafNumbers(int[] leaves) : ILeafSink
{
    public void Take(int row, int tree, int leaf) => leaves[row] = leaf;
}
