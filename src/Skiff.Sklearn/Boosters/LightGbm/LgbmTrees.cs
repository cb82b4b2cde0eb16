using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The trees of a lightgbm model. Every sum is float64, tree after tree from zero on.</summary>
/// <remarks>
/// lightgbm 4.6, <c>src/boosting/gbdt_prediction.cpp</c>, <c>PredictRaw</c> and <c>Predict</c>. What shrinkage, dropped trees and the first
/// score make of leaves is in their values already.
/// </remarks>
internal sealed class LgbmTrees
{
    private readonly TreeSet<double> _trees;
    private readonly double[] _values;
    private readonly int[]? _columns;
    private readonly LgbmLeaves? _linear;
    private readonly LgbmViews? _views;
    private readonly InputPolicy _policy;
    private readonly double _divisor;

    private LgbmTrees(LgbmPayload payload, TreeSet<double> trees, LgbmLeaves leaves, LgbmViews? views, InputPolicy policy, int rounds)
    {
        Outputs = payload.Outputs;
        Features = payload.Features;
        _trees = trees;
        _values = leaves.Values;
        _linear = payload.Trees.Any(tree => tree.Linear is not null) ? leaves : null;
        _columns = Outputs == 1 ? null : [.. Enumerable.Range(0, trees.Trees).Select(tree => tree % payload.Outputs)];
        _views = views;
        _policy = policy;
        _divisor = payload.IsAverage ? rounds : 1;
    }

    /// <summary>How many columns a row has.</summary>
    public int Features { get; }

    /// <summary>How many numbers a row has.</summary>
    public int Outputs { get; }

    /// <summary>About how many bytes of memory it keeps.</summary>
    public long Size => _trees.Size + (_values.Length * (long)sizeof(double)) + ((_columns?.Length ?? 0) * (long)sizeof(int)) + (_linear?.Size ?? 0);

    /// <summary>Lays the first trees of a model out.</summary>
    /// <param name="payload">The model.</param>
    /// <param name="best">How many rounds are asked; all where it is not above zero.</param>
    /// <param name="estimator">What is asked, for messages.</param>
    /// <exception cref="PayloadException">The trees do not fit the model.</exception>
    public static LgbmTrees Build(LgbmPayload payload, int best, string estimator)
    {
        var all = payload.Trees.Count / payload.Outputs;
        var rounds = best > 0 ? Math.Min(best, all) : all;
        var views = payload.Trees.Any(tree => tree.ZeroIsMissing is not null) ? new LgbmViews() : null;
        TreeArrays<double>[] arrays = [.. payload.Trees.Select((tree, i) => views?.Take(tree, payload.Features, i) ?? tree.Arrays)];
        views?.Close(payload.Features);
        var builder = new TreeBuilder<double>(views?.Count ?? payload.Features, arrays.Take(rounds * payload.Outputs).Sum(tree => (long)tree.Left.Length));
        var leaves = new LgbmLeaves();
        for (var i = 0; i < rounds * payload.Outputs; i++)
        {
            var number = i;
            leaves.Add(payload.Trees[i], builder.Add(arrays[i], what => throw new PayloadException($"tree {number}: {what}")), payload.Features, i);
        }

        return new LgbmTrees(payload, builder.Build(), leaves, views, new InputPolicy(estimator, AllowsMissing: true, AllowsAnything: true), rounds);
    }

    /// <summary>The sums of every row.</summary>
    /// <exception cref="InputException">The rows are of another width.</exception>
    public DenseBlock Run(Block x, Scratch scratch)
    {
        Columns.RequireWidth(x, Features, _policy.Estimator);
        var y = scratch.Dense(x.Rows, Outputs);
        y.Values.Clear();
        var seen = _views is null ? x : _views.Gather(x, scratch);
        if (_linear is null)
        {
            var sink = new LeafSums(_values, 1, _columns, y);
            _trees.Walk(seen, _policy, scratch, ref sink);
        }
        else
        {
            var sink = new LgbmLinearSums(_linear, Outputs, x, y);
            _trees.Walk(seen, _policy, scratch, ref sink);
        }

        if (_divisor != 1)
        {
            foreach (ref var value in y.Values)
            {
                value /= _divisor;
            }
        }

        return y;
    }
}
