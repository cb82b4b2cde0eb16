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
/// <param name="expected">How many nodes all trees together have, where that is known: a large forest is then not copied as it grows.</param>
internal sealed class TreeBuilder<T>(int features, long expected = 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int NodeSize = Unsafe.SizeOf<TreeNode<T>>();

    private readonly List<int> _roots = [];
    private readonly List<CategorySet> _sets = [];
    private readonly Dictionary<int, int> _compact = [];
    private readonly List<int> _columns = [];
    private readonly List<int> _leaves = [];
    private TreeNode<T>[] _nodes = [];
    private int[] _depths = [];
    private int[] _origins = [];
    private bool _hasMissing;
    private int _count;

    /// <summary>Leaves so far, over all trees.</summary>
    public int Leaves { get; private set; }

    /// <summary>The nodes on the way to each node of the tree that was added last, itself included, by its index in the file; 0 where no way leads to it.</summary>
    public IReadOnlyList<int> LastDepths => _depths;

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="error">Makes the error that names the tree's place in the file.</param>
    /// <returns>The index in the file of each of its leaves, in the order in which they are numbered from <see cref="Leaves"/> on; until the next tree is added.</returns>
    /// <exception cref="ModelLoadException">It has no nodes, a child or a column that does not exist, or a node that is reached twice.</exception>
    public List<int> Add<TNodes>(TNodes tree, Func<string, ModelLoadException> error)
        where TNodes : struct, ITreeNodes<T>
    {
        Begin(tree.Count, error);

        // Breadth first: `_origins` is at once the queue and the map from places in the layout to those in the file.
        var count = 1;
        _origins[0] = 0;
        _depths[0] = 1;
        for (var i = 0; i < count; i++)
        {
            var origin = _origins[i];
            var left = tree.Left(origin);
            if (left < 0)
            {
                _nodes[_count + i] = new TreeNode<T> { Threshold = T.PositiveInfinity, Child = (_count + i) * NodeSize, Leaf = Leaves + _leaves.Count };
                _leaves.Add(origin);
                continue;
            }

            _nodes[_count + i] = Split(tree, origin, (_count + count) * NodeSize, error);
            Enqueue(left, _depths[origin] + 1);
            Enqueue(tree.Right(origin), _depths[origin] + 1);
        }

        _roots.Add(_count * NodeSize);
        _count += count;
        Leaves += _leaves.Count;
        return _leaves;

        void Enqueue(int child, int depth)
        {
            if ((uint)child >= (uint)tree.Count)
            {
                throw error($"a node has the child {child}; the tree has {tree.Count} nodes");
            }

            if (_depths[child] > 0)
            {
                throw error($"node {child} is reached twice");
            }

            _depths[child] = depth;
            _origins[count++] = child;
        }
    }

    /// <summary>The trees, ready to walk.</summary>
    public TreeSet<T> Build() =>
        new(_count == _nodes.Length ? _nodes : _nodes[.._count], [.. _roots], [.. _columns], features, [.. _sets], _hasMissing);

    // Makes room for a tree.
    private void Begin(int nodes, Func<string, ModelLoadException> error)
    {
        if (nodes == 0)
        {
            throw error("the tree has no nodes");
        }

        const long Most = int.MaxValue;
        var needed = _count + (long)nodes;
        if (needed > Most / NodeSize)
        {
            throw error($"there are more than {Most / NodeSize} nodes");
        }

        if (needed > _nodes.Length)
        {
            Array.Resize(ref _nodes, (int)Math.Min(Math.Max(needed, Math.Max(expected, 2L * _nodes.Length)), Most / NodeSize));
        }

        if (nodes > _depths.Length)
        {
            _depths = new int[nodes];
            _origins = new int[nodes];
        }

        _depths.AsSpan(0, nodes).Clear();
        _leaves.Clear();
    }

    private TreeNode<T> Split<TNodes>(TNodes tree, int origin, int child, Func<string, ModelLoadException> error)
        where TNodes : struct, ITreeNodes<T>
    {
        var feature = tree.Feature(origin);
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

        var node = new TreeNode<T> { Threshold = tree.Threshold(origin), Feature = column * TreeWalk.Lanes, Child = child };
        if (tree.HasMissing)
        {
            _hasMissing = true;
            node.Feature |= tree.MissingLeft(origin) ? 0 : TreeNode<T>.MissingRight;
        }

        if (tree.Categories(origin) is { } categories)
        {
            node.Feature |= TreeNode<T>.Categorical;
            node.Leaf = _sets.Count;
            _sets.Add(categories);
        }

        return node;
    }
}
