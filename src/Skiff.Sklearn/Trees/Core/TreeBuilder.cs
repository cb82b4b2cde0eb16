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

    private readonly List<TreeNode<T>> _nodes = [];
    private readonly List<int> _roots = [];
    private readonly List<CategorySet> _sets = [];
    private readonly Dictionary<int, int> _compact = [];
    private readonly List<int> _columns = [];
    private int[] _depths = [];
    private bool _hasMissing;

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

        if (_nodes.Count + (long)tree.Left.Length > int.MaxValue / NodeSize)
        {
            throw error($"there are more than {int.MaxValue / NodeSize} nodes");
        }

        var leaves = new List<int>();
        _depths = new int[tree.Left.Length];
        var first = _nodes.Count;
        var origins = new List<int> { 0 };
        _depths[0] = 1;
        _roots.Add(first * NodeSize);
        _nodes.Add(default);

        // Breadth first: `origins` is at once the queue and the map from places in the layout to those in the file.
        for (var i = 0; i < origins.Count; i++)
        {
            var origin = origins[i];
            if (tree.Left[origin] < 0)
            {
                _nodes[first + i] = new TreeNode<T>
                {
                    Threshold = T.PositiveInfinity,
                    Child = (first + i) * NodeSize,
                    Leaf = Leaves + leaves.Count,
                };
                leaves.Add(origin);
                continue;
            }

            _nodes[first + i] = Split(tree, origin, (first + origins.Count) * NodeSize, error);
            Enqueue(tree.Left[origin], _depths[origin] + 1);
            Enqueue(tree.Right[origin], _depths[origin] + 1);
        }

        Leaves += leaves.Count;
        return leaves;

        void Enqueue(int child, int depth)
        {
            if ((uint)child >= (uint)_depths.Length)
            {
                throw error($"a node has the child {child}; the tree has {_depths.Length} nodes");
            }

            if (_depths[child] > 0)
            {
                throw error($"node {child} is reached twice");
            }

            _depths[child] = depth;
            origins.Add(child);
            _nodes.Add(default);
        }
    }

    /// <summary>The trees, ready to walk.</summary>
    public TreeSet<T> Build() => new([.. _nodes], [.. _roots], [.. _columns], features, [.. _sets], _hasMissing);

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
