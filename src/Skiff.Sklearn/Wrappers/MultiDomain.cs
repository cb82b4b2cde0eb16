namespace Skiff.Sklearn;

/// <summary><c>MultiDomain</c> of <c>sklearn2pmml</c>: a domain for each column, or none.</summary>
/// <remarks>sklearn2pmml 0.12x, <c>sklearn2pmml/decoration/__init__.py</c>, <c>MultiDomain.transform</c>.</remarks>
internal static class MultiDomain
{
    /// <summary>Reads one, as the <see cref="ColumnTransformer"/> that it comes to.</summary>
    public static Estimator Read(EstimatorNode node)
    {
        var domains = node.List("domains");
        if (node.FeatureCount >= 0 ? domains.Count != node.FeatureCount : domains.Count == 0)
        {
            throw node.Error($"'domains' has {domains.Count} domains; expected one for each column, and 'n_features_in_' is {node.FeatureCount}");
        }

        var parts = new ColumnPart[domains.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var name = $"domains[{i}]";
            var domain = domains[i] is null ? Passthrough.Instance : node.Context.ReadEstimator(domains[i], node.Join(name));
            if (domain is not Transformer transformer)
            {
                return domain is UnreadEstimator ? domain : throw node.Error($"'{name}' is {Describe.Value(domains[i])}; expected a domain, or None");
            }

            parts[i] = transformer.Width(1) == 1 ? new ColumnPart(name, transformer, [i], false, 1)
                : throw node.Error($"'{name}' is fitted on {transformer.FeatureCount} columns; expected one");
        }

        return new ColumnTransformer(parts, parts.Length, node.FeatureNames, false);
    }
}
