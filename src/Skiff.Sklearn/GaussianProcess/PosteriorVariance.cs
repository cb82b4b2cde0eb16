namespace Skiff.Sklearn;

/// <summary>The variance that a Gaussian process leaves at a row: what its kernel gives there, less what the training rows explain.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/gaussian_process/_gpr.py</c>, <c>predict</c> with <c>return_std=True</c>. Releases before 1.0 went by an inverse, or
/// solved there and back, which comes to the same but for rounding. The deviations of the targets scale it: since 1.0 there is a column a deviation;
/// before, one column whatever the number of targets, and none where several targets were normalized, which raises there.
/// </remarks>
internal sealed class PosteriorVariance
{
    private readonly double[] _factor;

    private PosteriorVariance(double[] factor, double[] scales)
    {
        _factor = factor;
        Scales = scales;
    }

    /// <summary>The deviations of the targets, one a column of the answer.</summary>
    public double[] Scales { get; }

    /// <summary>Reads <c>L_</c>; null where the file does not have it, or scikit-learn has no deviation to give.</summary>
    /// <param name="node">The regressor.</param>
    /// <param name="count">How many training rows there are.</param>
    public static PosteriorVariance? Read(EstimatorNode node, int count)
    {
        var scales = node.Has("_y_train_std") ? node.Vector("_y_train_std") : [1];
        if (!node.Has("L_") || (scales.Length != 1 && node.Version < new SklearnVersion(1, 0)))
        {
            return null;
        }

        // The lower triangle, row after row.
        var full = node.Matrix("L_", count, count);
        var factor = new double[LowerTriangle.LengthOf(count)];
        var triangle = new LowerTriangle(factor);
        for (var i = 0; i < count; i++)
        {
            full.Row(i)[..(i + 1)].CopyTo(triangle.Row(i));
        }

        return new PosteriorVariance(factor, scales);
    }

    /// <summary>The deviations at a row.</summary>
    /// <param name="diagonal">The kernel's value of the row with itself.</param>
    /// <param name="values">Its values for the training rows; they are replaced.</param>
    /// <param name="deviations">One a column of the answer.</param>
    public void Fill(double diagonal, Span<double> values, Span<double> deviations)
    {
        new LowerTriangle(_factor).Solve(values);

        // Rounding can take it below zero.
        var variance = diagonal - Kernels.Dot(values, values);
        variance = variance < 0 ? 0 : variance;
        for (var k = 0; k < deviations.Length; k++)
        {
            deviations[k] = Math.Sqrt(variance * Scales[k] * Scales[k]);
        }
    }
}
