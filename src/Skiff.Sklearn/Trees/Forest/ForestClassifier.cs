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
        var trees = ForestReader.Trees(node);
        foreach (var (_, tree) in trees)
        {
            LeafProbabilities.Check(tree, labels);
        }

        // How much is taken follows from what the trees hold, and no longer from what the forest says.
        var builder = ForestReader.Builder(trees);
        var values = new double[ForestReader.MostLeaves(trees) * labels.Width];
        var filled = 0;
        foreach (var (child, tree) in trees)
        {
            foreach (var leaf in tree.AddTo(builder))
            {
                filled += LeafProbabilities.Fill(tree, leaf, child.Version, values.AsSpan(filled));
            }
        }

        _trees = builder.Build();
        _policy = new InputPolicy(node.ClassName, ForestReader.AllowsMissing(node, trees[0].Node));
        _values = filled == values.Length ? values : values[..filled];
    }

    public override int FeatureCount => _trees.Features;

    public static Estimator Read(EstimatorNode node) => new ForestClassifier(node, TreeLabels.Read(node));

    protected override void Fill(Block x, DenseBlock probabilities, int[] codes, Scratch scratch)
    {
        ForestMean.Fill(_trees, _values, x, _policy, probabilities, scratch);
        FillHighest(probabilities, codes);
    }
}
