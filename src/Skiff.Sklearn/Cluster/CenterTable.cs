using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The nearest of some rows by the euclidean distance, of those that are as near the first.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/metrics/pairwise.py</c>, <c>pairwise_distances_argmin</c>: squares less twice the products, before 1.1 by numpy's
/// <c>argmin</c>. Rows so far away that their squares swallow the differences come to the first center there, and here.
/// </remarks>
/// <param name="rows">The rows, at least one.</param>
/// <param name="version">The release that wrote them.</param>
internal sealed class CenterTable(Matrix rows, SklearnVersion version)
{
    private readonly ExpandedTable _table = new(rows, isSquared: true, isFused: version >= new SklearnVersion(1, 1));

    /// <summary>Columns a row must have.</summary>
    public int Width => _table.Width;

    /// <summary>Writes the number of the nearest for every row.</summary>
    public void Fill(Block x, int[] nearest, Scratch scratch)
    {
        var dense = scratch.Dense(1, x.Columns).Values;
        var distances = scratch.Dense(1, _table.Count).Values;
        for (var row = 0; row < x.Rows; row++)
        {
            _table.Fill(NeighborEstimator.RowOf(x, row, dense), distances);
            var best = 0;
            for (var k = 1; k < distances.Length; k++)
            {
                best = distances[k] < distances[best] ? k : best;
            }

            nearest[row] = best;
        }
    }
}
