using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>gblinear</c>.</summary>
/// <remarks>xgboost 3.3, <c>src/gbm/gblinear.cc</c>, <c>Pred</c>; the same since 0.6. Missing cells add nothing.</remarks>
internal sealed class LinearMargins : BoosterMargins
{
    private readonly float[] _coefficients;

    private LinearMargins(BoosterModel model, float[] bias, InputPolicy policy)
        : base(model.Features, bias, policy)
    {
        _coefficients = model.Coefficients!;
    }

    public override long Size => _coefficients.Length * (long)sizeof(float);

    /// <summary>Checks the coefficients of a model.</summary>
    /// <exception cref="PayloadException">There are more or fewer than the model needs.</exception>
    public static LinearMargins Build(BoosterModel model, float[] bias, InputPolicy policy)
    {
        var expected = (model.Features + 1L) * model.Outputs;
        return model.Coefficients!.Length == expected
            ? new LinearMargins(model, bias, policy)
            : throw new PayloadException($"there are {model.Coefficients.Length} coefficients; {expected} are expected");
    }

    public override DenseBlock Run(Block x, Scratch scratch)
    {
        Columns.RequireWidth(x, Features, Policy.Estimator);
        var y = scratch.Dense(x.Rows, Outputs);
        for (var row = 0; row < x.Rows; row++)
        {
            var sums = y.Row(row);
            scratch.Step((long)Features * Outputs);
            for (var k = 0; k < sums.Length; k++)
            {
                // The first output's bias for all: so does xgboost where each has its own, since 3.1.
                sums[k] = _coefficients[(Features * Outputs) + k] + Bias[0];
            }

            AddRow(x, row, sums);
        }

        return y;
    }

    private void AddRow(Block x, int row, Span<double> sums)
    {
        var sparse = x as CsrBlock;
        var values = sparse is null ? ((DenseBlock)x).Row(row) : sparse.Values(row);
        for (var i = 0; i < values.Length; i++)
        {
            var value = (float)values[i];
            if (float.IsNaN(value) || value == (float)Policy.Marker)
            {
                continue;
            }

            var column = sparse is null ? i : sparse.Indices(row)[i];
            if (!Policy.AllowsAnything && float.IsInfinity(value) && !double.IsInfinity(Policy.Marker))
            {
                throw InputException.AtCell(row, column, $"{Policy.Estimator} does not accept infinite values");
            }

            for (var k = 0; k < sums.Length; k++)
            {
                sums[k] = (float)((float)sums[k] + (value * _coefficients[(column * Outputs) + k]));
            }
        }
    }
}
