using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>The trees of a histogram boosting: what both its classifier and its regressor start from.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_hist_gradient_boosting/gradient_boosting.py</c>, <c>_raw_predict</c>. <c>_baseline_prediction</c> is a number
/// or an array of any shape, depending on the release. NaN and infinities are taken in every release.
/// </remarks>
internal sealed class HistogramTrees
{
    private readonly TreeSet<double> _trees;
    private readonly double[] _values;
    private readonly int[] _columns;
    private readonly double[] _baseline;
    private readonly InputPolicy _policy;
    private readonly Transformer? _preprocessor;

    private HistogramTrees(EstimatorNode node, int width, Transformer? preprocessor)
    {
        _preprocessor = preprocessor;
        FeatureCount = ReadFeatureCount(node);
        if (preprocessor is not null && preprocessor.FeatureCount != FeatureCount)
        {
            throw node.Error($"'_preprocessor' takes {preprocessor.FeatureCount} columns, the trees {FeatureCount}");
        }

        var baseline = node.Required("_baseline_prediction") is NdArray { IsNumeric: true } array ? array.ToDoubles() : [node.Number("_baseline_prediction")];
        if (baseline.Length != 1 && baseline.Length != width)
        {
            throw node.Unexpected("_baseline_prediction", $"1 number or {width}");
        }

        _baseline = baseline.Length == width ? baseline : [.. Enumerable.Repeat(baseline[0], width)];
        var builder = new TreeBuilder<double>(FeatureCount);
        var values = new List<double>();
        var columns = new List<int>();
        ReadTrees(node, width, builder, values, columns);
        _trees = builder.Build();
        _values = [.. values];
        _columns = [.. columns];
        node.Context.Footprint.Add(_trees.Size + (_values.Length * (long)sizeof(double)) + (_columns.Length * (long)sizeof(int)));
        _policy = new InputPolicy(node.ClassName, AllowsMissing: true, AllowsAnything: true);
    }

    /// <summary>How many columns a row has.</summary>
    public int FeatureCount { get; }

    /// <summary>What the boosting must be fed with.</summary>
    public BlockKind? Input => _preprocessor is null ? BlockKind.Dense : _preprocessor.Input;

    /// <summary>Reads the trees.</summary>
    /// <param name="node">The boosting.</param>
    /// <param name="width">How many trees an iteration has.</param>
    /// <exception cref="ModelLoadException">They do not fit.</exception>
    public static HistogramTrees Read(EstimatorNode node, int width) => new(node, width, HistogramInput.Read(node));

    /// <summary>What it makes of a column.</summary>
    public ColumnNeed Need(int column) => _preprocessor?.Need(column) ?? ColumnNeed.Number;

    /// <summary>Judges whether it can be fed with such blocks.</summary>
    /// <exception cref="ModelLoadException">It cannot.</exception>
    public void CheckInput(BlockKind kind, string estimator)
    {
        Kernels.RequireDenseInput(kind, estimator);
        _preprocessor?.CheckInput(kind);
    }

    /// <summary>The raw predictions of every row.</summary>
    public DenseBlock Run(Block x, Scratch scratch)
    {
        var raw = scratch.Dense(x.Rows, _baseline.Length);
        for (var row = 0; row < x.Rows; row++)
        {
            _baseline.CopyTo(raw.Row(row));
        }

        var sink = new LeafSums(_values, 1, _columns, raw);
        _trees.Walk(_preprocessor is null ? x : _preprocessor.Transform(x, scratch), _policy, scratch, ref sink);
        return raw;
    }

    private static int ReadFeatureCount(EstimatorNode node)
    {
        // _n_features since 0.24, n_features_ before.
        foreach (var name in (ReadOnlySpan<string>)["_n_features", "n_features_", "n_features_in_"])
        {
            if (node.Has(name))
            {
                return node.CheckedInteger(name, 1, TreeNode<double>.MostColumns);
            }
        }

        throw node.Error("'n_features_in_' is missing: the estimator is not fitted; call fit before saving it");
    }

    private static void ReadTrees(EstimatorNode node, int width, TreeBuilder<double> builder, List<double> values, List<int> columns)
    {
        var known = KnownCategories.Read(node);
        var iterations = node.List("_predictors");
        for (var i = 0; i < iterations.Count; i++)
        {
            if (EstimatorNode.Items(iterations[i]) is not { } trees || trees.Count != width)
            {
                throw node.Error($"'_predictors[{i}]' is {Describe.Value(iterations[i])}; expected a list of {width}");
            }

            for (var k = 0; k < width; k++)
            {
                var place = $"'_predictors[{i}][{k}]'";
                var tree = HistogramTree.Read(trees[k], known, Error, out var atNodes);
                values.AddRange(builder.Add(tree, Error).Select(leaf => atNodes[leaf]));
                columns.Add(k);

                ModelLoadException Error(string what) => node.Error($"{place}: {what}");
            }
        }
    }
}
