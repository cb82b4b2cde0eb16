using System.Numerics;
using System.Runtime.CompilerServices;
using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// Trees over the same columns, read-only. The one core of all tree models: what a leaf means is up to an <see cref="ILeafSink"/>.
/// </summary>
/// <remarks>
/// Features are compared as <typeparamref name="T"/>. scikit-learn's trees compare float32 inputs with double thresholds: the thresholds rounded
/// down to float32 decide the same (<see cref="Thresholds"/>). A comparison with <c>&lt;</c> is one with <c>&lt;=</c> and the next lower threshold.
/// </remarks>
/// <typeparam name="T">What the features are compared as: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class TreeSet<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Rows that go down a tree before the next tree comes. The tree stays in the first-level cache meanwhile and the rows in the second; with
    // fewer rows, bringing the trees in again and again costs more than walking them.
    private const int MostRowsAtOnce = 1024;
    private const int MostCellsAtOnce = 1 << 16;

    private const int BytesPerSet = 64;

    // Of one row down one tree, for Scratch.Step.
    private const int WorkPerWalk = 16;

    private readonly TreeNode<T>[] _nodes;
    private readonly int[] _roots;
    private readonly RowLoader<T> _loader;
    private readonly CategorySet[] _sets;
    private readonly bool _hasMissing;
    private readonly int _rowsAtOnce;

    internal TreeSet(TreeNode<T>[] nodes, int[] roots, int[] columns, int features, CategorySet[] sets, bool hasMissing)
    {
        _nodes = nodes;
        _roots = roots;
        _loader = new RowLoader<T>(columns, features);
        _sets = sets;
        _hasMissing = hasMissing;
        _rowsAtOnce = Math.Clamp(MostCellsAtOnce / _loader.Width, TreeWalk.Lanes, MostRowsAtOnce);
    }

    /// <summary>How many trees there are.</summary>
    public int Trees => _roots.Length;

    /// <summary>About how many bytes they take.</summary>
    public long Size => ((long)_nodes.Length * Unsafe.SizeOf<TreeNode<T>>()) + ((long)_roots.Length * sizeof(int)) + ((long)_sets.Length * BytesPerSet);

    /// <summary>How many columns a row has.</summary>
    public int Features => _loader.Features;

    /// <summary>Refuses what <see cref="Walk{TSink}"/> would refuse, for a caller that has other work to do before it.</summary>
    /// <exception cref="InputException">A row is refused.</exception>
    public void Check(Block x, InputPolicy policy) => _loader.Check(x, policy);

    /// <summary>Walks every row down every tree.</summary>
    /// <param name="x">The rows, dense or sparse.</param>
    /// <param name="policy">What is refused in them.</param>
    /// <param name="scratch">Working memory.</param>
    /// <param name="sink">Takes the leaves: the trees of a row in order.</param>
    /// <exception cref="InputException">A row is refused.</exception>
    public void Walk<TSink>(Block x, InputPolicy policy, Scratch scratch, ref TSink sink)
        where TSink : struct, ILeafSink
    {
        _loader.CheckWidth(x);
        if (_sets.Length > 0)
        {
            Walk(x, policy, scratch, new CategoryRule<T>(_sets), ref sink);
        }
        else if (policy.AllowsMissing || policy.AllowsAnything || _hasMissing)
        {
            Walk(x, policy, scratch, default(MissingRule<T>), ref sink);
        }
        else
        {
            Walk(x, policy, scratch, default(ThresholdRule<T>), ref sink);
        }
    }

    private void Walk<TSink, TRule>(Block x, InputPolicy policy, Scratch scratch, TRule rule, ref TSink sink)
        where TSink : struct, ILeafSink
        where TRule : struct, ISplitRule<T>
    {
        var rowsAtOnce = Math.Min(_rowsAtOnce, x.Rows);
        var groups = (rowsAtOnce + TreeWalk.Lanes - 1) / TreeWalk.Lanes;
        var cells = scratch.State<RowBuffer<T>>().Take(groups * TreeWalk.Lanes * _loader.Width);
        for (var first = 0; first < x.Rows; first += rowsAtOnce)
        {
            var count = Math.Min(rowsAtOnce, x.Rows - first);
            scratch.Step((long)count * _roots.Length * WorkPerWalk);
            _loader.Load(x, first, count, policy, cells);
            if (count >= TreeWalk.Lanes)
            {
                WalkRows(cells, first, count, rule, ref sink);
                continue;
            }

            for (var row = 0; row < count; row++)
            {
                WalkTrees(ref cells[_loader.Place(row)], first + row, rule, ref sink);
            }
        }
    }

    // Eight rows at a time down each tree. Lanes beyond the last row walk over what lies there, and nobody asks them.
    private void WalkRows<TSink, TRule>(T[] cells, int first, int count, TRule rule, ref TSink sink)
        where TSink : struct, ILeafSink
        where TRule : struct, ISplitRule<T>
    {
        Span<int> places = stackalloc int[TreeWalk.Lanes];
        for (var tree = 0; tree < _roots.Length; tree++)
        {
            for (var row = 0; row < count; row += TreeWalk.Lanes)
            {
                places.Fill(_roots[tree]);
                TreeWalk.Run<T, TRule, LaneOfRows>(_nodes, ref cells[_loader.Place(row)], places, rule);
                var lanes = Math.Min(TreeWalk.Lanes, count - row);
                for (var lane = 0; lane < lanes; lane++)
                {
                    sink.Take(first + row + lane, tree, places[lane]);
                }
            }
        }
    }

    // One row down eight trees at a time.
    private void WalkTrees<TSink, TRule>(ref T cells, int row, TRule rule, ref TSink sink)
        where TSink : struct, ILeafSink
        where TRule : struct, ISplitRule<T>
    {
        Span<int> places = stackalloc int[TreeWalk.Lanes];
        for (var tree = 0; tree < _roots.Length; tree += TreeWalk.Lanes)
        {
            var lanes = Math.Min(TreeWalk.Lanes, _roots.Length - tree);
            places.Fill(_roots[tree]);
            _roots.AsSpan(tree, lanes).CopyTo(places);
            TreeWalk.Run<T, TRule, LaneOfTrees>(_nodes, ref cells, places, rule);
            for (var lane = 0; lane < lanes; lane++)
            {
                sink.Take(row, tree + lane, places[lane]);
            }
        }
    }
}
