using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>DummyRegressor</c>: the mean, median, quantile or constant of the fit for every row, whatever it holds.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/dummy.py</c>, <c>DummyRegressor.predict</c>; the same since 0.22. A constant that is an integer is answered as one.</remarks>
internal sealed class DummyRegressor : Estimator
{
    private readonly ModelOutput[] _outputs;
    private readonly double[] _values;
    private readonly bool _isSingle;

    private DummyRegressor(EstimatorNode node, NdArray constant, double[] values, int outputs)
    {
        var isInteger = constant.Type.Kind is >= DTypeKind.Bool and < DTypeKind.Float16 && values.All(value => Math.Abs(value) <= int.MaxValue);
        _values = values;
        _isSingle = constant.Type.Kind == DTypeKind.Float32;
        _outputs = [new(Methods.Predict, "predict", isInteger ? OutputKind.Int64 : OutputKind.Float64, outputs == 1 ? 0 : outputs)];
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override BlockKind? Input => null;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var outputs = node.CheckedInteger("n_outputs_", 1, int.MaxValue);
        var constant = node.Array("constant_");
        return constant.IsNumeric && constant.Size == outputs
            ? new DummyRegressor(node, constant, constant.ToDoubles(), outputs)
            : throw node.Unexpected("constant_", $"{outputs} numbers");
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (!wanted.HasFlag(Methods.Predict))
        {
            return;
        }

        if (_outputs[0].Kind == OutputKind.Int64)
        {
            var codes = scratch.IntegerArray(x.Rows * _values.Length);
            for (var i = 0; i < x.Rows * _values.Length; i++)
            {
                codes[i] = (int)_values[i % _values.Length];
            }

            results.Add(_outputs[0], codes, x.Rows, _values.Length);
            return;
        }

        var y = scratch.Dense(x.Rows, _values.Length);
        y.IsSingle = _isSingle;
        for (var row = 0; row < x.Rows; row++)
        {
            _values.CopyTo(y.Row(row));
        }

        results.Add(_outputs[0], y);
    }
}
