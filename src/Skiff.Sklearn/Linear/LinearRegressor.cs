using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>The regressors that answer with a linear function however they were fitted, from <c>LinearRegression</c> to <c>LinearSVR</c>: one number a row, or one a target.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/linear_model/_base.py</c>, <c>LinearModel.predict</c>, which all of them inherit or repeat; the same since 0.22.
/// Where the training data was normalized (until 1.2) the coefficients were scaled back before they were kept.
/// </remarks>
internal sealed class LinearRegressor : Estimator
{
    private readonly LinearFunction _function;
    private readonly ModelOutput[] _outputs;
    private readonly string _name;

    private LinearRegressor(EstimatorNode node, LinearFunction function, bool hasTargets)
    {
        _function = function;
        _name = node.ClassName;
        _outputs = [new ModelOutput(Methods.Predict, "predict", OutputKind.Float64, hasTargets ? function.Outputs : 0)];
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => _function.Features;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) =>
        new LinearRegressor(node, LinearFunction.Read(node), node.Required("coef_") is not NdArray { Rank: 1 });

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            Kernels.RequireFinite(x, _name);
            results.Add(_outputs[0], _function.Run(x, scratch));
        }
    }
}
