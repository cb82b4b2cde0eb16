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
        var builder = new TreeBuilder<float>(tree.Features);
        var leaves = builder.Add(tree.Arrays, tree.Error);
        var probabilities = new List<double>();
        var codes = new List<int>();
        foreach (var leaf in leaves)
        {
            LeafProbabilities.Append(tree, leaf, node.Version, probabilities);
            for (var k = 0; k < tree.Outputs; k++)
            {
                codes.Add(labels.Code(k, Kernels.ArgMax(tree.At(leaf, k))));
            }
        }

        _tree = builder.Build();
        _policy = new InputPolicy(node.ClassName, MissingValues.AreAllowed(node, isExtra));
        _probabilities = [.. probabilities];
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
