using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>Isomap</c>: the shortest ways to all training rows by way of the nearest ones, as a kernel's values that <c>KernelPCA</c> projects.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/manifold/_isomap.py</c>, <c>transform</c>. Neighbors within a radius are there since 1.1.</remarks>
internal sealed class Isomap : NumericTransformer
{
    private readonly NeighborSearch _search;
    private readonly double? _radius;
    private readonly int _count;
    private readonly Matrix _ways;
    private readonly KernelPca _projection;

    private Isomap(EstimatorNode node, EstimatorNode neighbors, NeighborSearch search, KernelPca projection)
        : base(node, search.Width)
    {
        _search = search;
        _projection = projection;
        _ways = node.Matrix("dist_matrix_", search.Count, search.Count);
        if (projection.FeatureCount != search.Count)
        {
            throw node.Error($"'kernel_pca_' takes {projection.FeatureCount} columns; 'nbrs_' has {search.Count} rows");
        }

        // The radius is asked where no number of neighbors is given.
        if (node.Optional("n_neighbors") is null)
        {
            _radius = neighbors.Number("radius");
            _count = search.Count;
        }
        else
        {
            _count = neighbors.CheckedInteger("n_neighbors", 1, search.Count);
        }
    }

    public static Estimator Read(EstimatorNode node)
    {
        var neighbors = SearchReader.Neighbors(node, "nbrs_");
        return node.Child("kernel_pca_") switch
        {
            UnreadEstimator unread => unread,
            KernelPca projection => new Isomap(node, neighbors, SearchReader.Read(neighbors), projection),
            _ => throw node.Unexpected("kernel_pca_", "a KernelPCA"),
        };
    }

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _projection.Width(_search.Count);

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
        var kernel = scratch.Dense(x.Rows, _search.Count);
        kernel.IsSingle = x.IsSingle;
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

            scratch.Step((long)count * _search.Count);
            Fill(row, found.Indices[..count], found.Distances[..count], kernel.Row(row), x.IsSingle);
        }

        _projection.Transform(kernel, y, scratch);
    }

    private void Fill(int row, ReadOnlySpan<int> neighbors, ReadOnlySpan<double> distances, Span<double> values, bool isSingle)
    {
        if (neighbors.IsEmpty)
        {
            throw new InputException(InputErrorKind.Value, $"row {row}: no training row is within the radius of {PyFloat.Format(_radius!.Value)}", row);
        }

        values.Fill(double.PositiveInfinity);
        for (var i = 0; i < neighbors.Length; i++)
        {
            var ways = _ways.Row(neighbors[i]);
            for (var j = 0; j < values.Length; j++)
            {
                values[j] = Math.Min(values[j], ways[j] + distances[i]);
            }
        }

        foreach (ref var value in values)
        {
            var way = isSingle ? (float)value : value;
            value = way * way * -0.5;
            if (!double.IsFinite(value))
            {
                throw new InputException(InputErrorKind.Value, $"row {row}: there is no way from it to every training row", row);
            }
        }
    }
}
