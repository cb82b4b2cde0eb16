using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>IsotonicRegression</c>: one number in, one out.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/isotonic.py</c>; a single column is taken since 0.24, before that only an array of one dimension.</remarks>
internal sealed class IsotonicRegression : Estimator
{
    private readonly ModelOutput[] _outputs = [new(Methods.Predict, "predict", OutputKind.Float64, 0), new(Methods.Transform, "transform", OutputKind.Float64, 0)];
    private readonly IsotonicFunction _function;

    private IsotonicRegression(EstimatorNode node)
    {
        _function = IsotonicFunction.Read(node);
    }

    public override Methods Methods => Methods.Predict | Methods.Transform;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => 1;

    public static Estimator Read(EstimatorNode node) => new IsotonicRegression(node);

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, "IsotonicRegression");
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Kernels.RequireFinite(x, "IsotonicRegression");
        Columns.RequireWidth(x, 1, "IsotonicRegression");
        var y = scratch.Dense(x.Rows, 1);
        y.IsSingle = _function.IsSingle;
        for (var row = 0; row < x.Rows; row++)
        {
            y.Row(row)[0] = _function.Apply(((DenseBlock)x).Row(row)[0], row);
        }

        for (var i = 0; i < _outputs.Length; i++)
        {
            if (wanted.HasFlag(_outputs[i].Method))
            {
                results.Add(_outputs[i], y);
            }
        }
    }
}
