using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>An estimator over others, which is fed with what they are fed with.</summary>
internal abstract class MetaEstimator : Estimator
{
    private readonly MemberFeed _feed;

    protected MetaEstimator(EstimatorNode node, Estimator[] members)
    {
        _feed = new MemberFeed(node, members);
    }

    public sealed override BlockKind? Input => _feed.Input;

    public sealed override int FeatureCount => _feed.FeatureCount;

    public sealed override IReadOnlyList<string>? FeatureNames => _feed.FeatureNames;

    public sealed override ColumnNeed Need(int column) => _feed.Need(column);

    public override void CheckInput(BlockKind kind) => _feed.CheckInput(kind);
}
