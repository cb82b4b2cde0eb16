using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>KNeighborsTransformer</c> and <c>RadiusNeighborsTransformer</c>: a column a fitted row, with its distance or a one where it is a neighbor.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neighbors/_graph.py</c>, <c>transform</c>; the same since 0.22. Of distances there is one neighbor more, since a row of
/// the training data is its own. The cells of a row are in the order of the search.
/// </remarks>
internal sealed class NeighborGraph : NumericTransformer
{
    private readonly NeighborSearch _search;
    private readonly bool _givesDistances;
    private readonly double? _radius;
    private readonly int _count;

    private NeighborGraph(EstimatorNode node, NeighborSearch search, bool hasRadius)
        : base(node, search.Width)
    {
        _search = search;
        _givesDistances = node.Text("mode") switch
        {
            "distance" => true,
            "connectivity" => false,
            var mode => throw node.Error($"'mode' is '{mode}'; distance and connectivity are known"),
        };
        if (hasRadius)
        {
            _radius = node.Number("radius");
            _count = search.Count;
        }
        else
        {
            var more = _givesDistances ? 1 : 0;
            _count = node.CheckedInteger("n_neighbors", 1, search.Count - more) + more;
        }
    }

    public static Estimator ReadNearest(EstimatorNode node) => new NeighborGraph(node, SearchReader.Read(node), hasRadius: false);

    public static Estimator ReadWithin(EstimatorNode node) => new NeighborGraph(node, SearchReader.Read(node), hasRadius: true);

    public override BlockKind Produces(BlockKind input) => BlockKind.Csr;

    public override int Width(int inputWidth) => _search.Count;

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (!_search.TakesSparse)
        {
            Kernels.RequireDenseInput(kind, $"{Name} with a tree");
        }
    }

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        var dense = scratch.Dense(1, x.Columns).Values;
        var work = NeighborBuffer.Of(_search.Count, scratch);
        var found = NeighborBuffer.Of(_count, scratch);
        var graph = (CsrBlock)y;
        for (var row = 0; row < x.Rows; row++)
        {
            var query = NeighborEstimator.RowOf(x, row, dense);
            var count = _count;
            if (_radius is { } radius)
            {
                count = _search.Within(query, radius, found, work);
            }
            else
            {
                _search.Nearest(query, found, work);
            }

            graph.AppendCells(count, out var columns, out var values);
            found.Indices[..count].CopyTo(columns);
            if (_givesDistances)
            {
                found.Distances[..count].CopyTo(values);
            }
            else
            {
                values.Fill(1);
            }

            graph.EndRow();
        }
    }
}
