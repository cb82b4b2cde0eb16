namespace Skiff.Sklearn;

/// <summary>A k-d tree or ball tree, searched as scikit-learn searches it, so that of equally near rows the same ones are found.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neighbors/_binary_tree.pxi.tp</c>, <c>_query_single_depthfirst</c> and <c>_query_radius_single</c>; the same since
/// 0.22. The children of node i are 2i+1 and 2i+2, so that the tree is as deep as the logarithm of its nodes.
/// </remarks>
internal sealed class TreeSearch : NeighborSearch
{
    // Twice the depth that 31 bits of node numbers allow.
    private const int StackSize = 64;

    private readonly Matrix _points;
    private readonly int[] _ids;
    private readonly TreeNode[] _nodes;
    private readonly NodeBounds _bounds;
    private readonly Metric _metric;

    /// <param name="points">The fitted rows in the order of the leaves.</param>
    /// <param name="ids">Which fitted row each is.</param>
    /// <param name="nodes">The nodes; those that are no leaves have both children.</param>
    /// <param name="bounds">Where the nodes lie.</param>
    /// <param name="metric">The metric.</param>
    public TreeSearch(Matrix points, int[] ids, TreeNode[] nodes, NodeBounds bounds, Metric metric)
    {
        _points = points;
        _ids = ids;
        _nodes = nodes;
        _bounds = bounds;
        _metric = metric;
    }

    public override int Count => _ids.Length;

    public override int Width => _points.Columns;

    public override bool TakesSparse => false;

    public override void Nearest(ReadOnlySpan<double> query, NeighborBuffer found, NeighborBuffer work)
    {
        NeighborHeap.Clear(found.Distances, found.Indices);
        Span<int> nodes = stackalloc int[StackSize];
        Span<double> lowest = stackalloc double[StackSize];
        nodes[0] = 0;
        lowest[0] = _bounds.LowestReduced(0, query);
        var depth = 1;
        while (depth > 0)
        {
            var node = nodes[--depth];
            if (lowest[depth] > found.Distances[0])
            {
                continue;
            }

            if (_nodes[node].IsLeaf)
            {
                found.Step((long)(_nodes[node].End - _nodes[node].Start) * _points.Columns);
                for (var i = _nodes[node].Start; i < _nodes[node].End; i++)
                {
                    NeighborHeap.Push(found.Distances, found.Indices, _metric.Reduced(query, _points.Row(i)), _ids[i]);
                }

                continue;
            }

            // The nearer child is searched first, so it is put on top.
            var left = (2 * node) + 1;
            var toLeft = _bounds.LowestReduced(left, query);
            var toRight = _bounds.LowestReduced(left + 1, query);
            var isLeftFirst = toLeft <= toRight;
            (nodes[depth], lowest[depth]) = isLeftFirst ? (left + 1, toRight) : (left, toLeft);
            (nodes[depth + 1], lowest[depth + 1]) = isLeftFirst ? (left, toLeft) : (left + 1, toRight);
            depth += 2;
        }

        found.Distances.Sort(found.Indices);
        foreach (ref var distance in found.Distances)
        {
            distance = _metric.ToDistance(distance);
        }
    }

    public override int Within(ReadOnlySpan<double> query, double radius, NeighborBuffer found, NeighborBuffer work)
    {
        var reducedRadius = _metric.ToReduced(radius);
        Span<int> nodes = stackalloc int[StackSize];
        nodes[0] = 0;
        var depth = 1;
        var count = 0;
        while (depth > 0)
        {
            var node = nodes[--depth];
            var (lowest, highest) = _bounds.Range(node, query);
            if (lowest > radius)
            {
                continue;
            }

            if (highest <= radius || _nodes[node].IsLeaf)
            {
                var limit = highest <= radius ? double.PositiveInfinity : reducedRadius;
                found.Step((long)(_nodes[node].End - _nodes[node].Start) * _points.Columns);
                count = AddPoints(query, _nodes[node], limit, found, count);
                continue;
            }

            nodes[depth++] = (2 * node) + 2;
            nodes[depth++] = (2 * node) + 1;
        }

        return count;
    }

    private int AddPoints(ReadOnlySpan<double> query, in TreeNode node, double limit, NeighborBuffer found, int count)
    {
        for (var i = node.Start; i < node.End; i++)
        {
            var reduced = _metric.Reduced(query, _points.Row(i));

            // Nodes of a damaged file may overlap; what does not fit is not added.
            if (reduced <= limit && count < found.Indices.Length)
            {
                found.Distances[count] = _metric.ToDistance(reduced);
                found.Indices[count++] = _ids[i];
            }
        }

        return count;
    }
}

/// <summary>A node of a tree.</summary>
/// <param name="Start">Its first point.</param>
/// <param name="End">What follows its last point.</param>
/// <param name="IsLeaf">Whether it has no children.</param>
internal readonly record struct TreeNode(int Start, int End, bool IsLeaf);
