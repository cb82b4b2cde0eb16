using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>BernoulliRBM</c>: the probabilities of its hidden units.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neural_network/_rbm.py</c>, <c>_mean_hiddens</c>; the same since 0.22, in float32 since 1.0 where rows and weights
/// are. <c>score_samples</c> answers at random there, and is not served.
/// </remarks>
internal sealed class BernoulliRbm : NumericTransformer
{
    private readonly LinearFunction _hidden;

    private BernoulliRbm(EstimatorNode node, Matrix components)
        : base(node, components.Columns)
    {
        _hidden = new LinearFunction(components, node.Vector("intercept_hidden_", components.Rows));
    }

    public static Estimator Read(EstimatorNode node) =>
        node.Matrix("components_") is { Rows: > 0 } components ? new BernoulliRbm(node, components) : throw node.Error("'components_' has no rows");

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _hidden.Outputs;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        var target = (DenseBlock)y;
        _hidden.Run(x, target);
        for (var row = 0; row < x.Rows; row++)
        {
            foreach (ref var value in target.Row(row))
            {
                value = Kernels.Expit(value);
            }

            if (target.IsSingle)
            {
                Singles.Round(target.Row(row));
            }
        }
    }
}
