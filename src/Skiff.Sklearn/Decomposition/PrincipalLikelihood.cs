namespace Skiff.Sklearn;

/// <summary>
/// The log-likelihood of rows under the normal distribution that <c>PCA</c> stands for: the variances it found along its components, and the noise in every
/// other direction.
/// </summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/decomposition/_pca.py</c>, <c>PCA.score_samples</c>, and <c>_base.py</c>, <c>get_precision</c>; the same since 0.22, with
/// whitened components scaled once more, as there. The components are orthogonal, so that the precision, a matrix as wide as the rows, need not be made: a
/// row's squared length is parted into what lies along each component and the rest.
/// </remarks>
internal sealed class PrincipalLikelihood
{
    private readonly double _noise;
    private readonly double[] _shares;
    private readonly double _constant;

    private PrincipalLikelihood(double noise, double[] shares, double constant)
    {
        _noise = noise;
        _shares = shares;
        _constant = constant;
    }

    /// <summary>Reads it; null where the distribution is none, since there is no noise and directions without any variance.</summary>
    /// <param name="node">A <c>PCA</c>.</param>
    /// <param name="components">Its components, one a row.</param>
    public static PrincipalLikelihood? Read(EstimatorNode node, Matrix components)
    {
        var variances = FittedVector.Read(node, "explained_variance_", components.Rows).Values;
        var noise = node.Number("noise_variance_");
        var free = components.Columns - components.Rows;
        if (!(noise > 0) && (free > 0 || !Array.TrueForAll(variances, variance => variance > 0)))
        {
            return null;
        }

        var isWhitened = node.Flag("whiten", false);
        var shares = new double[variances.Length];
        var logDeterminant = free > 0 ? -free * Math.Log(noise) : 0;
        for (var k = 0; k < shares.Length; k++)
        {
            var beyond = Math.Max(variances[k] - noise, 0) * (isWhitened ? variances[k] : 1);
            shares[k] = noise > 0 ? beyond / ((beyond + noise) * noise) : 1 / beyond;
            logDeterminant -= Math.Log(beyond + noise);
        }

        return new PrincipalLikelihood(noise, shares, 0.5 * ((components.Columns * Math.Log(2 * Math.PI)) - logDeterminant));
    }

    /// <summary>The log-likelihood of a row.</summary>
    /// <param name="centered">The row without the mean.</param>
    /// <param name="projected">What of it lies along each component.</param>
    public double Of(ReadOnlySpan<double> centered, ReadOnlySpan<double> projected)
    {
        var along = 0.0;
        for (var k = 0; k < _shares.Length; k++)
        {
            along += projected[k] * projected[k] * _shares[k];
        }

        var square = _noise > 0 ? (Kernels.Dot(centered, centered) / _noise) - along : along;
        return (-0.5 * square) - _constant;
    }
}
