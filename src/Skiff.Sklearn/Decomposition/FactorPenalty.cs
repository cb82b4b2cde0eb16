namespace Skiff.Sklearn;

/// <summary>What keeps the answers of <c>NMF</c> and <c>MiniBatchNMF</c> small while they are solved for.</summary>
/// <param name="First">The weight of their sum.</param>
/// <param name="Second">The weight of their squares.</param>
internal readonly record struct FactorPenalty(double First, double Second)
{
    /// <summary>Reads the parameters.</summary>
    /// <remarks>
    /// scikit-learn 1.9, <c>sklearn/decomposition/_nmf.py</c>, <c>_compute_regularization</c>: <c>alpha_W</c> by the number of features. Until 1.1 it
    /// is <c>alpha</c> as it is, since 0.24 only where <c>regularization</c> speaks of the answers too; 1.0 and 1.1 have both ways, and go the old one
    /// unless <c>alpha_W</c> or <c>alpha_H</c> was set.
    /// </remarks>
    public static FactorPenalty Read(EstimatorNode node, int features)
    {
        var ratio = node.Number("l1_ratio");
        if (node.Version >= new SklearnVersion(1, 2) || (node.Version >= new SklearnVersion(1, 0) && IsSet(node)))
        {
            var scaled = features * node.Number("alpha_W");
            return new FactorPenalty(scaled * ratio, scaled * (1 - ratio));
        }

        var alpha = node.Optional("alpha") is null or "deprecated" ? 0 : node.Number("alpha");
        var isMeant = !node.Has("regularization") || node.Optional("regularization") is "both" or "transformation" or "deprecated";
        return isMeant ? new FactorPenalty(alpha * ratio, alpha * (1 - ratio)) : default;
    }

    private static bool IsSet(EstimatorNode node) => node.Number("alpha_W") != 0 || node.Optional("alpha_H") is not "same";
}
