using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>IsolationForest</c>: the fewer splits isolate a row, the less normal it is.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_iforest.py</c>. A leaf stands for the nodes on the way to it and the mean depth of a tree of the samples
/// that ended there. Missing values have been taken since 1.6, infinities with them; a forest of one sample scores NaN before 1.0.
/// </remarks>
internal sealed class IsolationForest : Estimator
{
    private const double EulerGamma = 0.57721566490153286061;

    private readonly ModelOutput[] _outputs =
    [
        new(Methods.Predict, "predict", OutputKind.Int64, 0),
        new(Methods.DecisionFunction, "decision_function", OutputKind.Float64, 0),
        new(Methods.ScoreSamples, "score_samples", OutputKind.Float64, 0),
    ];

    private readonly TreeSet<float> _trees;
    private readonly double[] _depths;
    private readonly double _denominator;
    private readonly double _offset;
    private readonly bool _isOneSampleHalf;
    private readonly InputPolicy _policy;

    private IsolationForest(EstimatorNode node)
    {
        var features = Features(node);
        var subsets = Subsets(node, features);
        var items = node.List("estimators_");
        if (items.Count == 0 || items.Count != subsets.Count)
        {
            throw node.Error($"'estimators_' has {items.Count} trees, 'estimators_features_' {subsets.Count} entries");
        }

        SklearnTree[] trees = [.. items.Select((item, i) => ForestReader.Tree(node, item, $"estimators_[{i}]", subsets[i]?.Length ?? features).Tree)];
        var builder = new TreeBuilder<float>(features, trees.Sum(tree => (long)tree.Count));
        var depths = new List<double>();
        for (var i = 0; i < trees.Length; i++)
        {
            var tree = trees[i];
            var arrived = tree.ReadSamples();
            foreach (var leaf in subsets[i] is { } columns ? builder.Add(TreeFeatures.Select(tree, columns), tree.Error) : tree.AddTo(builder))
            {
                depths.Add(builder.LastDepths[leaf] + AveragePathLength(arrived[leaf]) - 1.0);
            }
        }

        _trees = builder.Build();
        _depths = [.. depths];
        var samples = node.CheckedInteger(node.Has("_max_samples") ? "_max_samples" : "max_samples_", 1, int.MaxValue);
        _denominator = items.Count * AveragePathLength(samples);
        _offset = node.Number("offset_");
        _isOneSampleHalf = node.Version >= new SklearnVersion(1, 0);
        _policy = new InputPolicy(node.ClassName, AllowsMissing: false, AllowsAnything: node.Version >= new SklearnVersion(1, 6));
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict | Methods.DecisionFunction | Methods.ScoreSamples;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => _trees.Features;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new IsolationForest(node);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var scores = scratch.Dense(x.Rows, 1);
        scores.Values.Clear();
        var sink = new LeafSums(_depths, 1, null, scores);
        _trees.Walk(x, _policy, scratch, ref sink);
        foreach (ref var value in scores.Values)
        {
            value = -Score(value);
        }

        var decisions = scratch.Dense(x.Rows, 1);
        var codes = scratch.IntegerArray(x.Rows);
        for (var row = 0; row < x.Rows; row++)
        {
            decisions.Values[row] = Decision(scores.Values[row]);
            codes[row] = decisions.Values[row] < 0 ? -1 : 1;
        }

        if (wanted.HasFlag(Methods.Predict))
        {
            results.Add(_outputs[0], codes, x.Rows);
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            results.Add(_outputs[1], decisions);
        }

        if (wanted.HasFlag(Methods.ScoreSamples))
        {
            results.Add(_outputs[2], scores);
        }
    }

    /// <summary>The mean depth of the leaves of a tree that isolates so many samples.</summary>
    private static double AveragePathLength(int samples) => samples switch
    {
        <= 1 => 0,
        2 => 1,
        _ => (2.0 * (Math.Log(samples - 1.0) + EulerGamma)) - (2.0 * (samples - 1.0) / samples),
    };

    private static int Features(EstimatorNode node)
    {
        foreach (var name in (ReadOnlySpan<string>)["n_features_in_", "n_features_"])
        {
            if (node.Has(name))
            {
                return node.CheckedInteger(name, 1, TreeNode<float>.MostColumns);
            }
        }

        throw node.Error("'n_features_in_' is missing: the estimator is not fitted; call fit before saving it");
    }

    // The columns that each tree was given; null where it was given all, which then count in their own order.
    private static List<int[]?> Subsets(EstimatorNode node, int features)
    {
        var isWhole = node.CheckedInteger("_max_features", 1, int.MaxValue) == features;
        return [.. node.List("estimators_features_").Select((item, i) => isWhole ? null : ColumnLists.Read(node, item, $"estimators_features_[{i}]", features))];
    }

    // The offset is most often the score of a training row. numpy's powers and logarithms differ in the last place from one processor to the
    // next, and what is equal but for that is equal.
    private double Decision(double score)
    {
        var decision = score - _offset;
        return Math.Abs(decision) <= 4 * (Math.BitIncrement(Math.Abs(_offset)) - Math.Abs(_offset)) ? 0 : decision;
    }

    private double Score(double depth)
    {
        if (_denominator != 0 || !_isOneSampleHalf)
        {
            return Math.Pow(2, -depth / _denominator);
        }

        return 0.5;
    }
}
