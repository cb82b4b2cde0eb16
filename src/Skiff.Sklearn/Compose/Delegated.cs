using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>An estimator that answers as the one inside it does, but was itself fitted on the data frame, so that it knows the columns' names.</summary>
internal sealed class Delegated : Estimator
{
    private readonly Estimator _inner;

    private Delegated(Estimator inner, IReadOnlyList<string> names)
    {
        _inner = inner;
        FeatureNames = names;
    }

    public override Methods Methods => _inner.Methods;

    public override IReadOnlyList<ModelOutput> Outputs => _inner.Outputs;

    public override LabelSet? Classes => _inner.Classes;

    public override BlockKind? Input => _inner.Input;

    public override int FeatureCount => FeatureNames.Count;

    public override IReadOnlyList<string> FeatureNames { get; }

    /// <summary>What an attribute of an estimator holds, under the estimator's own column names where it has some and the inner one has none.</summary>
    public static Estimator To(EstimatorNode outer, string attribute)
    {
        var inner = outer.Child(attribute);
        if (inner.FeatureNames is not null || outer.FeatureNames is not { } names)
        {
            return inner;
        }

        return inner.FeatureCount < 0 || inner.FeatureCount == names.Count
            ? new Delegated(inner, names)
            : throw outer.Error($"'feature_names_in_' has {names.Count} names, '{attribute}' takes {inner.FeatureCount} columns");
    }

    public override ColumnNeed Need(int column) => _inner.Need(column);

    public override void CheckInput(BlockKind kind) => _inner.CheckInput(kind);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results) => _inner.Run(wanted, x, scratch, results);
}
