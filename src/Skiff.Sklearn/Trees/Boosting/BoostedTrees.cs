using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>The trees of a gradient boosting, stage after stage, each scaled by the learning rate.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_gradient_boosting.pyx</c>, <c>predict_stages</c>; the same since 0.22. Rows are float32 and must be
/// finite in every release.
/// </remarks>
internal sealed class BoostedTrees
{
    private readonly TreeSet<float> _trees;
    private readonly double[] _values;
    private readonly int[] _columns;
    private readonly BoostingStart _start;
    private readonly InputPolicy _policy;

    private BoostedTrees(EstimatorNode node, TreeSet<float> trees, double[] values, int[] columns, BoostingStart start)
    {
        _trees = trees;
        _values = values;
        _columns = columns;
        _start = start;
        _policy = new InputPolicy(node.ClassName, AllowsMissing: false);
    }

    /// <summary>How many columns a row has.</summary>
    public int Features => _trees.Features;

    /// <summary>Reads <c>estimators_</c>, <c>learning_rate</c> and <c>init_</c>.</summary>
    /// <param name="node">The boosting.</param>
    /// <param name="start">Where the raw predictions start.</param>
    /// <param name="width">How many trees a stage has.</param>
    /// <exception cref="ModelLoadException">There are no trees, or they do not fit.</exception>
    public static BoostedTrees Read(EstimatorNode node, BoostingStart start, int width)
    {
        var rate = node.Number("learning_rate");
        if (node.Required("estimators_") is not NdArray { Rank: 2, Data: object?[] items } array || array.Shape[1] != width)
        {
            throw node.Unexpected("estimators_", $"an array of trees of shape (any, {width})");
        }

        if (items.Length == 0)
        {
            throw node.Error("'estimators_' is empty: the ensemble has no trees");
        }

        (EstimatorNode Node, SklearnTree Tree)[] trees = [.. items.Select((item, i) => ForestReader.Tree(node, item, $"estimators_[{i / width}, {i % width}]"))];
        var builder = ForestReader.Builder(trees);
        var values = new List<double>();
        foreach (var (_, tree) in trees)
        {
            LeafValues.Check(tree, 1);
            foreach (var leaf in tree.AddTo(builder, withMissing: false))
            {
                values.Add(rate * tree.At(leaf, 0)[0]);
            }
        }

        return new BoostedTrees(
            node, builder.Build(), [.. values], [.. Enumerable.Range(0, items.Length).Select(i => i % width)], start);
    }

    /// <summary>Judges whether it can be fed with such blocks.</summary>
    public void CheckInput(BlockKind kind) => _start.CheckInput(kind);

    /// <summary>Fills the raw predictions of every row.</summary>
    public void Fill(Block x, DenseBlock raw, Scratch scratch, Results results)
    {
        _trees.Check(x, _policy);
        _start.Fill(x, raw, scratch, results);
        var sink = new LeafSums(_values, 1, _columns, raw);
        _trees.Walk(x, _policy, scratch, ref sink);
    }
}
