using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>RandomForestRegressor</c> and <c>ExtraTreesRegressor</c>, with one output or several.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/ensemble/_forest.py</c>: the mean of the trees' numbers, summed tree after tree.</remarks>
internal sealed class ForestRegressor : TreeRegressor
{
    private readonly TreeSet<float> _trees;
    private readonly InputPolicy _policy;
    private readonly double[] _values;

    private ForestRegressor(EstimatorNode node)
        : base(node, node.CheckedInteger("n_outputs_", 1, int.MaxValue))
    {
        var trees = ForestReader.Trees(node);
        foreach (var (_, tree) in trees)
        {
            LeafValues.Check(tree, Targets);
        }

        // How much is taken follows from what the trees hold, and no longer from what the forest says.
        var builder = ForestReader.Builder(trees);
        var values = new double[ForestReader.MostLeaves(trees) * Targets];
        var filled = 0;
        foreach (var (_, tree) in trees)
        {
            filled += LeafValues.Fill(tree, tree.AddTo(builder), values.AsSpan(filled));
        }

        _trees = builder.Build();
        _policy = new InputPolicy(node.ClassName, ForestReader.AllowsMissing(node, trees[0].Node));
        _values = filled == values.Length ? values : values[..filled];
    }

    public override int FeatureCount => _trees.Features;

    public static Estimator Read(EstimatorNode node) => new ForestRegressor(node);

    protected override void Fill(Block x, DenseBlock y, Scratch scratch) => ForestMean.Fill(_trees, _values, x, _policy, y, scratch);
}
