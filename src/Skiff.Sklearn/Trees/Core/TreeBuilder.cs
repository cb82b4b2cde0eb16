using System.Numerics;
using System.Runtime.CompilerServices;
using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// Checks trees and lays them out one behind the other: children side by side, upper levels first, columns that no tree looks at left out. The
/// walk relies on what is checked here and checks nothing any more.
/// </summary>
/// <typeparam name="T">What the features are compared as.</typeparam>
/// <param name="features">How many columns a row has.</param>
internal sealed class TreeBuilder<T>(int features)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int NodeSize = Unsafe.SizeOf<TreeNode<T>>();

    // A tree each, joined at the end: a list that grows by doubling would hold a large forest twice and more meanwhile.
    private readonly List<TreeNode<T>[]> _trees = [];
    private readonly List<int> _roots = [];
    private readonly List<CategorySet> _sets = [];
    private readonly Dictionary<int, int> _compact = [];
    private readonly List<int> _columns = [];
    private int[] _depths = [];
    private bool _hasMissing;
    private int _count;

    /// <summary>Leaves so far, over all trees.</summary>
    public int Leaves { get; private set; }

    /// <summary>The nodes on the way to each node of the tree that was added last, itself included, by its index in the file; 0 where no way leads to it.</summary>
    public IReadOnlyList<int> LastDepths => _depths;

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="error">Makes the error that names the tree's place in the file.</param>
    /// <returns>The index in the file of each of its leaves, in the order in which they are numbered from <see cref="Leaves"/> on.</returns>
    /// <exception cref="ModelLoadException">It has no nodes, a child or a column that does not exist, or a node that is reached twice.</exception>
    public List<int> Add(TreeArrays<T> tree, Func<string, ModelLoadException> error)
    {
        if (tree.Left.Length == 0)
        {
            throw error("the tree has no nodes");
        }

        var most = tree.Left.Length;
        if (_count + (long)most > int.MaxValue / NodeSize)
        {
            throw error($"there are more than {int.MaxValue / NodeSize} nodes");
        }

        var nodes = new TreeNode<T>[most];
        var leaves = new List<int>((most / 2) + 1);
        var depths = new int[most];
        _depths = depths;

        // Breadth first: `origins` is at once the queue and the map from places in the layout to those in the file.
        var origins = new int[most];
        var count = 1;
        depths[0] = 1;
        for (var i = 0; i < count; i++)
        {
            var origin = origins[i];
            if (tree.Left[origin] < 0)
            {
                nodes[i] = new TreeNode<T> { Threshold = T.PositiveInfinity, Child = (_count + i) * NodeSize, Leaf = Leaves + leaves.Count };
                leaves.Add(origin);
                continue;
            }

            nodes[i] = Split(tree, origin, (_count + count) * NodeSize, error);
            Enqueue(tree.Left[origin], depths[origin] + 1);
            Enqueue(tree.Right[origin], depths[origin] + 1);
        }

        _roots.Add(_count * NodeSize);
        _trees.Add(count == most ? nodes : nodes[..count]);
        _count += count;
        Leaves += leaves.Count;
        return leaves;

        void Enqueue(int child, int depth)
        {
            if ((uint)child >= (uint)depths.Length)
            {
                throw error($"a node has the child {child}; the tree has {depths.Length} nodes");
            }

            if (depths[child] > 0)
            {
                throw error($"node {child} is reached twice");
            }

            depths[child] = depth;
            origins[count++] = child;
        }
    }

    /// <summary>The trees, ready to walk.</summary>
    public TreeSet<T> Build()
    {
        var nodes = GC.AllocateUninitializedArray<TreeNode<T>>(_count);
        var first = 0;
        foreach (var tree in _trees)
        {
            tree.CopyTo(nodes, first);
            first += tree.Length;
        }

        return new(nodes, [.. _roots], [.. _columns], features, [.. _sets], _hasMissing);
    }

    private TreeNode<T> Split(TreeArrays<T> tree, int origin, int child, Func<string, ModelLoadException> error)
    {
        var feature = tree.Feature[origin];
        if ((uint)feature >= (uint)features)
        {
            throw error($"a node looks at column {feature}; there are {features} columns");
        }

        if (!_compact.TryGetValue(feature, out var column))
        {
            column = _columns.Count;
            _compact.Add(feature, column);
            _columns.Add(feature);
        }

        var node = new TreeNode<T> { Threshold = tree.Threshold[origin], Feature = column * TreeWalk.Lanes, Child = child };
        if (tree.MissingLeft is { } missingLeft)
        {
            _hasMissing = true;
            node.Feature |= missingLeft[origin] ? 0 : TreeNode<T>.MissingRight;
        }

        if (tree.Categories?[origin] is { } categories)
        {
            node.Feature |= TreeNode<T>.Categorical;
            node.Leaf = _sets.Count;
            _sets.Add(categories);
        }

        return node;
    }
}
