using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>A classifier over other estimators, which is fed with what they are fed with.</summary>
internal abstract class MetaClassifier : Classifier
{
    private readonly MemberFeed _feed;

    protected MetaClassifier(EstimatorNode node, Estimator[] members, LabelSet classes, Methods methods, int scoreColumns = 0)
        : base(classes, methods, scoreColumns)
    {
        _feed = new MemberFeed(node, members);
    }

    public sealed override BlockKind? Input => _feed.Input;

    public sealed override int FeatureCount => _feed.FeatureCount;

    public sealed override IReadOnlyList<string>? FeatureNames => _feed.FeatureNames;

    public sealed override ColumnNeed Need(int column) => _feed.Need(column);

    public sealed override void CheckInput(BlockKind kind) => _feed.CheckInput(kind);
}
