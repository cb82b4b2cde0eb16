using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Sums a kernel over the points of a tree, node by node, until what is known of the sum is within the tolerances.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neighbors/_binary_tree.pxi.tp</c>, <c>_kde_single_breadthfirst</c> and <c>_kde_single_depthfirst</c>; the same since 0.22.
/// The bounds are kept as logarithms and taken off one another, which loses digits where a row is far from most points: the operations are those of
/// scikit-learn one by one, so that the same digits are lost, and the sum ends at the same node.
/// </remarks>
internal sealed class DensityTree
{
    // Of a point or the bounds of a node, for Scratch.Step: exponentials and logarithms.
    private const int WorkPerPoint = 64;

    // Twice the depth that 31 bits of node numbers allow.
    private const int StackSize = 64;

    private readonly FittedTree _tree;
    private readonly DensityKernel _kernel;
    private readonly double[] _logWeights;
    private readonly double[] _logNodeWeights;
    private readonly double _logWhole;
    private readonly double _logAbsolute;
    private readonly double _logRelative;
    private readonly bool _isBreadthFirst;

    /// <param name="tree">The tree.</param>
    /// <param name="weights">The weights of its fitted rows, or null.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="absolute"><c>atol</c>, of the mean.</param>
    /// <param name="relative"><c>rtol</c>.</param>
    /// <param name="isBreadthFirst">Whether the nearest node is always split next.</param>
    public DensityTree(FittedTree tree, double[]? weights, DensityKernel kernel, double absolute, double relative, bool isBreadthFirst)
    {
        _tree = tree;
        _kernel = kernel;
        _isBreadthFirst = isBreadthFirst;
        var whole = weights is null ? tree.Ids.Length : NumpySum.Of(weights);
        _logWhole = Math.Log(whole);
        _logAbsolute = Math.Log(absolute * whole);
        _logRelative = Math.Log(relative);
        _logWeights = weights is null ? [] : [.. tree.Ids.Select(id => Math.Log(weights[id]))];
        _logNodeWeights = [.. tree.Nodes.Select(node => Math.Log(Weight(node, tree.Ids, weights)))];
    }

    /// <summary>How many numbers of working memory a row takes.</summary>
    public int Work => _isBreadthFirst ? 3 * _tree.Nodes.Length : 0;

    /// <summary>How many integers of working memory a row takes.</summary>
    public int Places => _isBreadthFirst ? _tree.Nodes.Length : 0;

    /// <summary>The logarithm of the density at a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="work">Working memory.</param>
    /// <param name="places">Working memory.</param>
    /// <param name="scratch">Where they are from, which counts the work.</param>
    public double Log(ReadOnlySpan<double> row, Span<double> work, Span<int> places, Scratch scratch)
    {
        var sum = _isBreadthFirst ? BreadthFirst(row, work, places, scratch) : DepthFirst(row, scratch);
        return sum + _kernel.LogNorm - _logWhole;
    }

    private static double Weight(in TreeNode node, int[] ids, double[]? weights)
    {
        if (weights is null)
        {
            return node.End - node.Start;
        }

        var sum = 0.0;
        for (var i = node.Start; i < node.End; i++)
        {
            sum += weights[ids[i]];
        }

        return sum;
    }

    private static double AddLogs(double a, double b)
    {
        // As C's fmax: the one that is a number.
        var highest = double.IsNaN(a) ? b : double.IsNaN(b) ? a : Math.Max(a, b);
        return double.IsNegativeInfinity(highest) ? double.NegativeInfinity : highest + Math.Log(Math.Exp(a - highest) + Math.Exp(b - highest));
    }

    private static double SubtractLogs(double a, double b) => a <= b ? double.NegativeInfinity : a + Math.Log(1 - Math.Exp(b - a));

    private double BreadthFirst(ReadOnlySpan<double> row, Span<double> work, Span<int> places, Scratch scratch)
    {
        var count = _tree.Nodes.Length;
        var lowest = work[..count];
        var spreads = work.Slice(count, count);
        var heap = new NodeHeap(work.Slice(2 * count, count), places);
        var (near, far) = _tree.Bounds.Range(0, row);
        heap.Push(near, 0);
        var whole = new Bounds { Lowest = _logWhole + _kernel.Log(far) };
        whole.Spread = SubtractLogs(_logWhole + _kernel.Log(near), whole.Lowest);
        (lowest[0], spreads[0]) = (whole.Lowest, whole.Spread);
        while (heap.Count > 0)
        {
            var node = heap.Pop();
            scratch.Step(WorkOf(node));
            if (IsKnown(node, lowest[node], spreads[node]))
            {
                continue;
            }

            if (IsKnown(whole))
            {
                break;
            }

            if (_tree.Nodes[node].IsLeaf)
            {
                AddPoints(node, row, lowest[node], spreads[node], ref whole);
                continue;
            }

            // Each spread is kept as its upper bound here, as in scikit-learn.
            var left = (2 * node) + 1;
            var (nearLeft, farLeft) = _tree.Bounds.Range(left, row);
            var (nearRight, farRight) = _tree.Bounds.Range(left + 1, row);
            lowest[left] = _logNodeWeights[left] + _kernel.Log(farLeft);
            spreads[left] = _logNodeWeights[left] + _kernel.Log(nearLeft);
            lowest[left + 1] = _logNodeWeights[left + 1] + _kernel.Log(farRight);
            spreads[left + 1] = _logNodeWeights[left + 1] + _kernel.Log(nearRight);
            whole.Split(lowest[node], spreads[node], lowest[left], spreads[left], lowest[left + 1], spreads[left + 1]);
            heap.Push(nearLeft, left);
            heap.Push(nearRight, left + 1);
        }

        return AddLogs(whole.Lowest, whole.Spread - Math.Log(2));
    }

    private double DepthFirst(ReadOnlySpan<double> row, Scratch scratch)
    {
        Span<int> nodes = stackalloc int[StackSize];
        Span<double> lowest = stackalloc double[StackSize];
        Span<double> spreads = stackalloc double[StackSize];
        var whole = LocalBounds(0, row, _logWhole);
        (nodes[0], lowest[0], spreads[0]) = (0, whole.Lowest, whole.Spread);
        var depth = 1;
        while (depth > 0)
        {
            depth--;
            var (node, low, spread) = (nodes[depth], lowest[depth], spreads[depth]);
            scratch.Step(WorkOf(node));
            if (IsKnown(node, low, spread) || IsKnown(whole))
            {
                continue;
            }

            if (_tree.Nodes[node].IsLeaf)
            {
                AddPoints(node, row, low, spread, ref whole);
                continue;
            }

            var left = (2 * node) + 1;
            var first = LocalBounds(left, row, _logNodeWeights[left]);
            var second = LocalBounds(left + 1, row, _logNodeWeights[left + 1]);
            whole.Split(low, spread, first.Lowest, first.Spread, second.Lowest, second.Spread);
            (nodes[depth], lowest[depth], spreads[depth]) = (left + 1, second.Lowest, second.Spread);
            (nodes[depth + 1], lowest[depth + 1], spreads[depth + 1]) = (left, first.Lowest, first.Spread);
            depth += 2;
        }

        return AddLogs(whole.Lowest, whole.Spread - Math.Log(2));
    }

    private long WorkOf(int node) => (_tree.Nodes[node].IsLeaf ? (long)(_tree.Nodes[node].End - _tree.Nodes[node].Start) : 2) * WorkPerPoint;

    private Bounds LocalBounds(int node, ReadOnlySpan<double> row, double logWeight)
    {
        var (near, far) = _tree.Bounds.Range(node, row);
        var lowest = logWeight + _kernel.Log(far);
        return new Bounds { Lowest = lowest, Spread = SubtractLogs(logWeight + _kernel.Log(near), lowest) };
    }

    private bool IsKnown(int node, double lowest, double spread) =>
        _kernel.LogNorm + spread - _logNodeWeights[node] + _logWhole <= AddLogs(_logAbsolute, _logRelative + _kernel.LogNorm + lowest);

    private bool IsKnown(in Bounds whole) => _kernel.LogNorm + whole.Spread <= AddLogs(_logAbsolute, _logRelative + _kernel.LogNorm + whole.Lowest);

    private void AddPoints(int node, ReadOnlySpan<double> row, double lowest, double spread, ref Bounds whole)
    {
        whole.Lowest = SubtractLogs(whole.Lowest, lowest);
        whole.Spread = SubtractLogs(whole.Spread, spread);
        for (var i = _tree.Nodes[node].Start; i < _tree.Nodes[node].End; i++)
        {
            var density = _kernel.Log(_tree.Metric.Distance(row, _tree.Points.Row(i)));
            whole.Lowest = AddLogs(whole.Lowest, _logWeights.Length == 0 ? density : density + _logWeights[i]);
        }
    }

    /// <summary>What is known of the sum: its least, and what may be added to it.</summary>
    private struct Bounds
    {
        public double Lowest;
        public double Spread;

        public void Split(double lowest, double spread, double firstLowest, double firstSpread, double secondLowest, double secondSpread)
        {
            Lowest = AddLogs(AddLogs(SubtractLogs(Lowest, lowest), firstLowest), secondLowest);
            Spread = AddLogs(AddLogs(SubtractLogs(Spread, spread), firstSpread), secondSpread);
        }
    }

    /// <summary>Nodes, the nearest first. Which of equally near ones comes first is as in scikit-learn.</summary>
    private ref struct NodeHeap(Span<double> distances, Span<int> nodes)
    {
        private readonly Span<double> _distances = distances;
        private readonly Span<int> _nodes = nodes;

        public int Count { get; private set; }

        public void Push(double distance, int node)
        {
            var place = Count++;
            (_distances[place], _nodes[place]) = (distance, node);
            while (place > 0)
            {
                var parent = (place - 1) / 2;
                if (_distances[parent] <= _distances[place])
                {
                    return;
                }

                Swap(place, parent);
                place = parent;
            }
        }

        public int Pop()
        {
            var top = _nodes[0];
            Count--;
            (_distances[0], _nodes[0]) = (_distances[Count], _nodes[Count]);
            var place = 0;
            while (true)
            {
                var child = (2 * place) + 1;
                if (child >= Count)
                {
                    return top;
                }

                if (child + 1 < Count && !(_distances[child] <= _distances[child + 1]))
                {
                    child++;
                }

                if (!(_distances[child] <= _distances[place]))
                {
                    return top;
                }

                Swap(place, child);
                place = child;
            }
        }

        private readonly void Swap(int a, int b)
        {
            (_distances[a], _distances[b]) = (_distances[b], _distances[a]);
            (_nodes[a], _nodes[b]) = (_nodes[b], _nodes[a]);
        }
    }
}
