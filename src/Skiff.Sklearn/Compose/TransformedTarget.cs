using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>TransformedTargetRegressor</c>: a regressor's predictions, turned back into the target's own scale.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/compose/_target.py</c>, <c>predict</c>; the same since 0.22.</remarks>
internal sealed class TransformedTarget : MetaEstimator
{
    private readonly Estimator _regressor;
    private readonly TargetInverse _inverse;
    private readonly ModelOutput[] _outputs;

    private TransformedTarget(EstimatorNode node, Estimator regressor)
        : base(node, [regressor])
    {
        _regressor = regressor;
        _inverse = TargetInverse.Read(node, node.Required("transformer_"), "transformer_");
        var output = Members.Output(node, [regressor], 0, Methods.Predict);
        var columns = Math.Max(output.Columns, 1);
        if (output.Kind != OutputKind.Float64 || (_inverse.Width >= 0 && _inverse.Width != columns))
        {
            throw node.Error($"'transformer_' does not take the {columns} columns that 'regressor_' predicts");
        }

        var isFlat = columns == 1 && node.CheckedInteger("_training_dim", 1, int.MaxValue) == 1;
        _outputs = [new(Methods.Predict, "predict", OutputKind.Float64, isFlat ? 0 : columns)];
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public static Estimator Read(EstimatorNode node)
    {
        var regressor = node.Child("regressor_");
        return ReferenceEquals(regressor, UnreadEstimator.Instance) ? regressor : new TransformedTarget(node, regressor);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (!wanted.HasFlag(Methods.Predict))
        {
            return;
        }

        var predicted = Inner.Numbers(_regressor, Methods.Predict, x, scratch, results);
        var y = scratch.Dense(predicted.Rows, predicted.Columns);
        for (var row = 0; row < y.Rows; row++)
        {
            for (var k = 0; k < y.Columns; k++)
            {
                y.Row(row)[k] = _inverse.Apply(predicted.Row(row)[k], k);
            }
        }

        if (predicted.IsSingle)
        {
            Singles.Round(y);
        }

        results.Add(_outputs[0], y);
    }
}
