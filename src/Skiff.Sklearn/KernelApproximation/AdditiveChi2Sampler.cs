using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>AdditiveChi2Sampler</c>: of each cell its root and, at every further step, a cosine and a sine of its logarithm.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/kernel_approximation.py</c>, <c>AdditiveChi2Sampler.transform</c>. The interval is kept by <c>fit</c> as
/// <c>sample_interval_</c> until 1.2 and as <c>_sample_interval</c> until 1.4; later it follows from the parameters.
/// </remarks>
internal sealed class AdditiveChi2Sampler : NumericTransformer
{
    private readonly double _interval;

    // One a step after the first: what the root is multiplied by under it.
    private readonly double[] _shares;

    // Each makes two columns of every one; of so many the widest input's still have numbers.
    private const int MostSteps = 64;

    private AdditiveChi2Sampler(EstimatorNode node, int steps)
        : base(node, -1)
    {
        _interval = Interval(node, steps);
        _shares = [.. Enumerable.Range(1, steps - 1).Select(j => Math.Cosh(Math.PI * j * _interval))];
    }

    public static Estimator Read(EstimatorNode node) => new AdditiveChi2Sampler(node, node.CheckedInteger("sample_steps", 1, MostSteps));

    public override int Width(int inputWidth) =>
        (FeatureCount >= 0 ? FeatureCount : inputWidth) is >= 0 and var width ? checked(width * ((2 * _shares.Length) + 1)) : -1;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        for (var row = 0; row < x.Rows; row++)
        {
            if (x is CsrBlock sparse)
            {
                TransformSparse(sparse, row, (CsrBlock)y);
            }
            else
            {
                TransformDense(((DenseBlock)x).Row(row), row, ((DenseBlock)y).Row(row));
            }
        }

        y.IsSingle = x.IsSingle;
    }

    private static double Interval(EstimatorNode node, int steps)
    {
        foreach (var name in (ReadOnlySpan<string>)["_sample_interval", "sample_interval_", "sample_interval"])
        {
            if (node.Optional(name) is not null)
            {
                return node.Number(name);
            }
        }

        return steps switch
        {
            1 => 0.8,
            2 => 0.5,
            3 => 0.4,
            _ => throw node.Error($"'sample_interval' is None, which goes with 1 to 3 steps; 'sample_steps' is {steps}"),
        };
    }

    private void TransformDense(ReadOnlySpan<double> x, int row, Span<double> y)
    {
        y.Clear();
        for (var j = 0; j < x.Length; j++)
        {
            if (x[j] == 0)
            {
                continue;
            }

            RequireNotNegative(x[j], row, j);
            for (var part = 0; part <= 2 * _shares.Length; part++)
            {
                y[(part * x.Length) + j] = Part(x[j], part);
            }
        }
    }

    private void TransformSparse(CsrBlock x, int row, CsrBlock y)
    {
        var indices = x.Indices(row);
        var values = x.Values(row);
        for (var part = 0; part <= 2 * _shares.Length; part++)
        {
            for (var i = 0; i < indices.Length; i++)
            {
                RequireNotNegative(values[i], row, indices[i]);
                y.Append((part * x.Columns) + indices[i], Part(values[i], part));
            }
        }

        y.EndRow();
    }

    private double Part(double value, int part)
    {
        if (part == 0)
        {
            return Math.Sqrt(value * _interval);
        }

        var step = (part + 1) / 2;
        var factor = Math.Sqrt(2 * value * _interval / _shares[step - 1]);
        var angle = step * _interval * Math.Log(value);
        return factor * (part % 2 == 1 ? Math.Cos(angle) : Math.Sin(angle));
    }

    private void RequireNotNegative(double value, int row, int column)
    {
        if (value < 0)
        {
            throw InputException.AtCell(row, column, $"{Name} does not accept negative values");
        }
    }
}
