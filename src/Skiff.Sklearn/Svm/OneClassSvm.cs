using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>OneClassSVM</c>: 1 for a row like those of the training, -1 for an outlier and on the boundary.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/svm/_classes.py</c>, <c>OneClassSVM</c>; the same since 0.22.</remarks>
internal sealed class OneClassSvm : OutlierDetector
{
    private readonly SvmFunction _function;
    private readonly double _offset;

    private OneClassSvm(EstimatorNode node, SvmFunction function)
        : base(node, function.Width)
    {
        _function = function;
        _offset = node.Vector("offset_", 1)[0];
    }

    protected override double Offset => _offset;

    public static Estimator Read(EstimatorNode node) => new OneClassSvm(node, SvmFunction.Read(node));

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        _function.CheckInput(kind);
    }

    protected override DenseBlock Decide(Block x, Scratch scratch) => _function.Run(x, scratch);

    protected override bool IsInlier(double decision) => decision > 0;
}
