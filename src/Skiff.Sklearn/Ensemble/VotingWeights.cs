namespace Skiff.Sklearn;

/// <summary>The weights of a vote: those of the estimators that were not dropped, or none.</summary>
internal static class VotingWeights
{
    public static double[]? Read(EstimatorNode node, int members)
    {
        if (node.Optional("weights") is not { } value)
        {
            return null;
        }

        var weights = EstimatorNode.Items(value)?.Select(EstimatorNode.AsNumber).ToList();
        var estimators = node.List("estimators");
        if (weights is null || weights.Count != estimators.Count || weights.Contains(null))
        {
            throw node.Unexpected("weights", $"{estimators.Count} numbers");
        }

        double[] kept = [.. weights.Where((_, i) => NamedStep.Read(node, estimators[i], $"estimators[{i}]").Value is not (null or "drop")).Select(weight => weight!.Value)];
        return kept.Length == members ? kept : throw node.Error($"'weights' has {kept.Length} numbers for {members} estimators that are not dropped");
    }

    /// <summary>What weighted sums are divided by.</summary>
    public static double Sum(double[]? weights, int members) => weights is null ? members : NumpySum.Of(weights);
}
