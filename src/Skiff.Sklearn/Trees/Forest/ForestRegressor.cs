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
        TreeBuilder<float>? builder = null;
        EstimatorNode? first = null;
        var values = new List<double>();
        foreach (var (child, tree) in ForestReader.Trees(node))
        {
            first ??= child;
            builder ??= new TreeBuilder<float>(tree.Features);
            LeafValues.Check(tree, Targets);
            LeafValues.Append(tree, builder.Add(tree.Arrays, tree.Error), values);
        }

        _trees = builder!.Build();
        _policy = new InputPolicy(node.ClassName, ForestReader.AllowsMissing(node, first!));
        _values = [.. values];
    }

    public override int FeatureCount => _trees.Features;

    public static Estimator Read(EstimatorNode node) => new ForestRegressor(node);

    protected override void Fill(Block x, DenseBlock y, Scratch scratch) => ForestMean.Fill(_trees, _values, x, _policy, y, scratch);
}
