using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The regressor and the ranker of lightgbm, and a <c>Booster</c> alone: what the objective answers, in one column or in one an output.</summary>
/// <remarks>lightgbm 4.6, <c>python-package/lightgbm/sklearn.py</c>, <c>LGBMModel.predict</c>; <c>basic.py</c>, <c>Booster.predict</c>.</remarks>
internal sealed class LgbmRegressor : Estimator
{
    private readonly LgbmBooster _booster;
    private readonly ModelOutput[] _outputs;

    private LgbmRegressor(LgbmBooster booster)
    {
        _booster = booster;
        _outputs = [new ModelOutput(Methods.Predict, "predict", OutputKind.Float64, booster.Outputs == 1 ? 0 : booster.Outputs)];
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => _booster.Features;

    public override IReadOnlyList<string>? FeatureNames => _booster.FeatureNames;

    public override BlockKind? Input => _booster.Input;

    public override ColumnNeed Need(int column) => _booster.Need(column);

    public static Estimator ReadAlone(EstimatorNode node) => new LgbmRegressor(LgbmReader.ReadAlone(node));

    public static Estimator ReadEstimator(EstimatorNode node) => new LgbmRegressor(LgbmReader.ReadInside(node));

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            results.Add(_outputs[0], _booster.Run(x, scratch));
        }
    }
}
