using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>HistGradientBoostingRegressor</c>: the raw prediction, or its exponential where the loss is over logarithms.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/ensemble/_hist_gradient_boosting/gradient_boosting.py</c>; <c>least_squares</c> and <c>least_absolute_deviation</c> until 1.1.</remarks>
internal sealed class HistGradientBoostingRegressor : Estimator
{
    private static readonly ModelOutput[] Signature = [new(Methods.Predict, "predict", OutputKind.Float64, 0)];

    private readonly HistogramTrees _trees;
    private readonly bool _isLogarithmic;
    private readonly string _name;

    private HistGradientBoostingRegressor(EstimatorNode node)
    {
        _trees = HistogramTrees.Read(node, 1);
        _name = node.ClassName;
        FeatureNames = node.FeatureNames;
        _isLogarithmic = node.Text("loss") switch
        {
            "poisson" or "gamma" => true,
            "squared_error" or "least_squares" or "absolute_error" or "least_absolute_deviation" or "quantile" => false,
            var loss => throw node.Error($"'loss' is '{loss}'; squared_error, absolute_error, poisson, gamma and quantile are known"),
        };
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => Signature;

    public override BlockKind? Input => _trees.Input;

    public override int FeatureCount => _trees.FeatureCount;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new HistGradientBoostingRegressor(node);

    public override ColumnNeed Need(int column) => _trees.Need(column);

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        _trees.CheckInput(kind, _name);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (!wanted.HasFlag(Methods.Predict))
        {
            return;
        }

        var y = _trees.Run(x, scratch);
        if (_isLogarithmic)
        {
            foreach (ref var value in y.Values)
            {
                value = Math.Exp(value);
            }
        }

        results.Add(Signature[0], y);
    }
}
