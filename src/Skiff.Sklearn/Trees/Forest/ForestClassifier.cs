using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>RandomForestClassifier</c> and <c>ExtraTreesClassifier</c>, with one output or several.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/ensemble/_forest.py</c>: the mean of the trees' probabilities, summed tree after tree.</remarks>
internal sealed class ForestClassifier : TreeClassifier
{
    private readonly TreeSet<float> _trees;
    private readonly InputPolicy _policy;
    private readonly double[] _values;

    private ForestClassifier(EstimatorNode node, TreeLabels labels)
        : base(node, labels)
    {
        TreeBuilder<float>? builder = null;
        EstimatorNode? first = null;
        var values = new List<double>();
        foreach (var (child, tree) in ForestReader.Trees(node))
        {
            first ??= child;
            builder ??= new TreeBuilder<float>(tree.Features);
            LeafProbabilities.Check(tree, labels);
            foreach (var leaf in builder.Add(tree.Arrays, tree.Error))
            {
                LeafProbabilities.Append(tree, leaf, child.Version, values);
            }
        }

        _trees = builder!.Build();
        _policy = new InputPolicy(node.ClassName, ForestReader.AllowsMissing(node, first!));
        _values = [.. values];
    }

    public override int FeatureCount => _trees.Features;

    public static Estimator Read(EstimatorNode node) => new ForestClassifier(node, TreeLabels.Read(node));

    protected override void Fill(Block x, DenseBlock probabilities, int[] codes, Scratch scratch)
    {
        ForestMean.Fill(_trees, _values, x, _policy, probabilities, scratch);
        FillHighest(probabilities, codes);
    }
}
