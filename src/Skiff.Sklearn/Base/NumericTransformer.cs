using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What transformers of numbers share: how many columns they were fitted on, and the refusal of rows of another width.</summary>
internal abstract class NumericTransformer : Transformer
{
    /// <param name="node">Where it is read.</param>
    /// <param name="features">The columns that the fitted arrays speak of; -1 where none does.</param>
    /// <exception cref="ModelLoadException">The file says that it was fitted on another number of columns.</exception>
    protected NumericTransformer(EstimatorNode node, int features)
    {
        if (features >= 0 && node.FeatureCount >= 0 && node.FeatureCount != features)
        {
            throw node.Error($"the fitted arrays are for {features} features, 'n_features_in_' is {node.FeatureCount}");
        }

        Name = node.ClassName;
        FeatureCount = features >= 0 ? features : node.FeatureCount;
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>scikit-learn's name of the class, for messages.</summary>
    protected string Name { get; }

    public override BlockKind Produces(BlockKind input) => input;

    public override int Width(int inputWidth) => FeatureCount >= 0 ? FeatureCount : inputWidth;

    /// <summary>Refuses rows of another width than the fitted one.</summary>
    /// <exception cref="InputException">They have another width.</exception>
    protected void RequireWidth(Block x) => Columns.RequireWidth(x, FeatureCount, Name);

    /// <summary>Refuses sparse rows, as scikit-learn does for estimators that do not accept them.</summary>
    /// <exception cref="InputException">They are sparse.</exception>
    protected DenseBlock RequireDense(Block x) =>
        x as DenseBlock ?? throw new InputException(InputErrorKind.Value, $"{Name} does not accept sparse rows");
}
