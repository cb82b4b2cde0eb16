using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Adds the values of leaves to rows, tree after tree, each sum rounded to float32.</summary>
/// <remarks>The sum of two floats in doubles, rounded, is their sum in floats.</remarks>
/// <param name="values">The values of every leaf, one behind the other.</param>
/// <param name="width">How many a leaf has.</param>
/// <param name="columns">The column that each tree adds to; null for the first.</param>
/// <param name="y">What they are added to.</param>
internal readonly struct SingleSums(float[] values, int width, int[]? columns, DenseBlock y) : ILeafSink
{
    public void Take(int row, int tree, int leaf)
    {
        var sums = y.Row(row);
        if (width == 1)
        {
            ref var sum = ref sums[columns is null ? 0 : columns[tree]];
            sum = (float)(sum + values[leaf]);
            return;
        }

        var from = values.AsSpan(leaf * width, width);
        for (var k = 0; k < from.Length; k++)
        {
            sums[k] = (float)(sums[k] + from[k]);
        }
    }
}
