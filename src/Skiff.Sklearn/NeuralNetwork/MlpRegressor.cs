using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>MLPRegressor</c>: one number a row, or one a target.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/neural_network/_multilayer_perceptron.py</c>, <c>MLPRegressor.predict</c>; the same since 0.22.</remarks>
internal sealed class MlpRegressor : Estimator
{
    private readonly LayerStack _layers;
    private readonly ModelOutput[] _outputs;

    private MlpRegressor(EstimatorNode node, LayerStack layers)
    {
        _layers = layers;
        _outputs = [new(Methods.Predict, "predict", OutputKind.Float64, layers.Outputs == 1 ? 0 : layers.Outputs)];
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => _layers.Width;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new MlpRegressor(node, LayerStack.Read(node));

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            Kernels.RequireFinite(x, "MLPRegressor");
            results.Add(_outputs[0], _layers.Run(x, scratch));
        }
    }
}
