using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>DecisionTreeRegressor</c> and <c>ExtraTreeRegressor</c>, with one output or several.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/tree/_classes.py</c>; the same since 0.22.</remarks>
internal sealed class DecisionTreeRegressor : TreeRegressor
{
    private readonly TreeSet<float> _tree;
    private readonly InputPolicy _policy;
    private readonly double[] _values;

    private DecisionTreeRegressor(EstimatorNode node, SklearnTree tree, bool isExtra)
        : base(node, tree.Outputs)
    {
        TreeFeatures.Check(node, tree);
        LeafValues.Check(tree, node.CheckedInteger("n_outputs_", 1, int.MaxValue));
        var builder = new TreeBuilder<float>(tree.Features, tree.Count);
        var leaves = tree.AddTo(builder);
        _values = new double[leaves.Count * Targets];
        LeafValues.Fill(tree, leaves, _values);
        _tree = builder.Build();
        _policy = new InputPolicy(node.ClassName, MissingValues.AreAllowed(node, isExtra));
    }

    public override int FeatureCount => _tree.Features;

    public static Estimator Read(EstimatorNode node) => new DecisionTreeRegressor(node, SklearnTree.Read(node), isExtra: false);

    public static Estimator ReadExtra(EstimatorNode node) => new DecisionTreeRegressor(node, SklearnTree.Read(node), isExtra: true);

    protected override void Fill(Block x, DenseBlock y, Scratch scratch)
    {
        var leaves = scratch.IntegerArray(x.Rows);
        var sink = new LeafNumbers(leaves);
        _tree.Walk(x, _policy, scratch, ref sink);
        for (var row = 0; row < x.Rows; row++)
        {
            _values.AsSpan(leaves[row] * Targets, Targets).CopyTo(y.Row(row));
        }
    }
}
