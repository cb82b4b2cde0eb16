using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>LocalOutlierFactor</c> with <c>novelty=True</c>: how dense a row's neighbors lie, compared with the row itself.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neighbors/_lof.py</c>, <c>score_samples</c> and <c>_local_reachability_density</c>; the same since 0.22. Without
/// <c>novelty</c> it says something about its training data only.
/// </remarks>
internal sealed class LocalOutlierFactor : OutlierDetector
{
    // As scikit-learn: keeps the density of rows that lie on many others finite.
    private const double SmallestDistance = 1e-10;

    private readonly NeighborSearch _search;
    private readonly double[] _farthest;
    private readonly double[] _densities;
    private readonly double _offset;
    private readonly int _count;

    private LocalOutlierFactor(EstimatorNode node, NeighborSearch search)
        : base(node, search.Width)
    {
        _search = search;
        _count = node.CheckedInteger("n_neighbors_", 1, search.Count);
        var distances = node.Matrix("_distances_fit_X_", search.Count, _count);
        _farthest = [.. Enumerable.Range(0, search.Count).Select(i => distances.Row(i)[_count - 1])];
        _densities = node.Vector("_lrd", search.Count);
        _offset = node.Number("offset_");
    }

    protected override double Offset => _offset;

    public static Estimator Read(EstimatorNode node) => node.Flag("novelty", false)
        ? new LocalOutlierFactor(node, SearchReader.Read(node))
        : throw node.Error("'novelty' is False: it answers about its training data only; fit it with novelty=True");

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (!_search.TakesSparse)
        {
            Kernels.RequireDenseInput(kind, $"{Name} with a tree");
        }
    }

    protected override bool IsInlier(double decision) => !(decision < 0);

    protected override DenseBlock Decide(Block x, Scratch scratch)
    {
        Columns.RequireWidth(x, _search.Width, Name);
        var dense = scratch.Dense(1, x.Columns).Values;
        var work = NeighborBuffer.Of(_search.Count, scratch);
        var found = NeighborBuffer.Of(_count, scratch);
        var terms = scratch.Dense(1, _count).Values;
        var decisions = scratch.Dense(x.Rows, 1);
        for (var row = 0; row < x.Rows; row++)
        {
            _search.Nearest(NeighborEstimator.RowOf(x, row, dense), found, work);
            for (var i = 0; i < terms.Length; i++)
            {
                terms[i] = Math.Max(found.Distances[i], _farthest[found.Indices[i]]);
            }

            var density = 1 / ((NumpySum.Of(terms) / _count) + SmallestDistance);
            for (var i = 0; i < terms.Length; i++)
            {
                terms[i] = _densities[found.Indices[i]] / density;
            }

            decisions.Row(row)[0] = -(NumpySum.Of(terms) / _count) - _offset;
        }

        return decisions;
    }
}
