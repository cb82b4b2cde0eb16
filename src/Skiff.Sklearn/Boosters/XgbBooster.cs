using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The regressors and rankers of xgboost, and a <c>Booster</c> alone: what the objective answers, in one column or in one an output.</summary>
/// <remarks>
/// xgboost 3.3, <c>python-package/xgboost/sklearn.py</c>, <c>XGBModel.predict</c>; <c>core.py</c>, <c>Booster.predict</c> of a <c>DMatrix</c> in
/// which nothing but NaN is missing.
/// </remarks>
internal sealed class XgbBooster : Estimator
{
    private readonly Booster _booster;
    private readonly ModelOutput[] _outputs;

    private XgbBooster(Booster booster)
    {
        _booster = booster;
        var width = booster.Objective.Width(booster.Outputs);
        _outputs = [new ModelOutput(Methods.Predict, "predict", OutputKind.Float64, width == 1 ? 0 : width)];
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => _booster.Features;

    public override IReadOnlyList<string>? FeatureNames => _booster.FeatureNames;

    public override BlockKind? Input => _booster.Input;

    public override ColumnNeed Need(int column) => _booster.Need(column);

    public static Estimator ReadAlone(EstimatorNode node) => new XgbBooster(BoosterReader.ReadAlone(node));

    public static Estimator ReadEstimator(EstimatorNode node) => new XgbBooster(BoosterReader.ReadInside(node));

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            results.Add(_outputs[0], _booster.Objective.Answer(_booster.Margins(x, scratch), scratch));
        }
    }
}
