using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>SGDOneClassSVM</c>: 1 for a row like those of the training, -1 for an outlier.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/linear_model/_stochastic_gradient.py</c>, <c>SGDOneClassSVM</c>; the same since 1.0.</remarks>
internal sealed class OneClassSgd : OutlierDetector
{
    private readonly LinearFunction _function;
    private readonly double _offset;

    private OneClassSgd(EstimatorNode node, LinearFunction function)
        : base(node, function.Features)
    {
        _function = function;
        _offset = node.Vector("offset_", 1)[0];
    }

    protected override double Offset => _offset;

    public static Estimator Read(EstimatorNode node)
    {
        var function = LinearFunction.Read(node, "offset_", isSubtracted: true);
        return function.Outputs == 1 ? new OneClassSgd(node, function) : throw node.Error($"'coef_' has {function.Outputs} rows; one is expected");
    }

    protected override DenseBlock Decide(Block x, Scratch scratch) => _function.Run(x, scratch);
}
