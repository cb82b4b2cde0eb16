using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>GradientBoostingRegressor</c>: whatever the loss, the raw prediction is the answer.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/ensemble/_gb.py</c>; the same since 0.22.</remarks>
internal sealed class GradientBoostingRegressor : Estimator
{
    private static readonly ModelOutput[] Signature = [new(Methods.Predict, "predict", OutputKind.Float64, 0)];

    private readonly BoostedTrees _trees;

    private GradientBoostingRegressor(EstimatorNode node)
    {
        _trees = BoostedTrees.Read(node, BoostingStart.Read(node, BoostingLink.Identity, 0), 1);
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => Signature;

    public override int FeatureCount => _trees.Features;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new GradientBoostingRegressor(node);

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        _trees.CheckInput(kind);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            var raw = scratch.Dense(x.Rows, 1);
            _trees.Fill(x, raw, scratch, results);
            results.Add(Signature[0], raw);
        }
    }
}
