using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>DecisionTreeClassifier</c> and <c>ExtraTreeClassifier</c>, with one output or several.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/tree/_classes.py</c>. <c>predict</c> takes the highest of the leaf's values as they are, before
/// <c>predict_proba</c> divides them (until 1.2).
/// </remarks>
internal sealed class DecisionTreeClassifier : TreeClassifier
{
    private readonly TreeSet<float> _tree;
    private readonly InputPolicy _policy;
    private readonly double[] _probabilities;
    private readonly int[] _codes;

    private DecisionTreeClassifier(EstimatorNode node, TreeLabels labels, bool isExtra)
        : base(node, labels)
    {
        var tree = SklearnTree.Read(node);
        TreeFeatures.Check(node, tree);
        LeafProbabilities.Check(tree, labels);
        var builder = new TreeBuilder<float>(tree.Features, tree.Count);
        var leaves = tree.AddTo(builder);
        var codes = new List<int>(leaves.Count * tree.Outputs);
        var filled = 0;
        _probabilities = new double[leaves.Count * labels.Width];
        foreach (var leaf in leaves)
        {
            filled += LeafProbabilities.Fill(tree, leaf, node.Version, _probabilities.AsSpan(filled));
            for (var k = 0; k < tree.Outputs; k++)
            {
                codes.Add(labels.Code(k, Kernels.ArgMax(tree.At(leaf, k))));
            }
        }

        _tree = builder.Build();
        _policy = new InputPolicy(node.ClassName, MissingValues.AreAllowed(node, isExtra));
        _codes = [.. codes];
    }

    public override int FeatureCount => _tree.Features;

    public static Estimator Read(EstimatorNode node) => new DecisionTreeClassifier(node, TreeLabels.Read(node), isExtra: false);

    public static Estimator ReadExtra(EstimatorNode node) => new DecisionTreeClassifier(node, TreeLabels.Read(node), isExtra: true);

    protected override void Fill(Block x, DenseBlock probabilities, int[] codes, Scratch scratch)
    {
        var leaves = scratch.IntegerArray(x.Rows);
        var sink = new LeafNumbers(leaves);
        _tree.Walk(x, _policy, scratch, ref sink);
        var width = Labels.Width;
        var outputs = Labels.Outputs.Count;
        for (var row = 0; row < x.Rows; row++)
        {
            _probabilities.AsSpan(leaves[row] * width, width).CopyTo(probabilities.Row(row));
            _codes.AsSpan(leaves[row] * outputs, outputs).CopyTo(codes.AsSpan(row * outputs));
        }
    }
}
