using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>SVR</c> and <c>NuSVR</c>.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/svm/_base.py</c>, <c>BaseLibSVM.predict</c>; the same since 0.22.</remarks>
internal sealed class SvmRegressor : Estimator
{
    private readonly ModelOutput[] _outputs = [new(Methods.Predict, "predict", OutputKind.Float64, 0)];
    private readonly SvmFunction _function;

    private SvmRegressor(EstimatorNode node)
    {
        _function = SvmFunction.Read(node);
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => _function.Width;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new SvmRegressor(node);

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        _function.CheckInput(kind);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            results.Add(_outputs[0], _function.Run(x, scratch));
        }
    }
}
