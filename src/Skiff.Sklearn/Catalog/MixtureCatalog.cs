namespace Skiff.Sklearn;

/// <summary><c>sklearn.mixture</c>.</summary>
internal static class MixtureCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("GaussianMixture", ["sklearn.mixture._gaussian_mixture", "sklearn.mixture.gaussian_mixture"], Mixture.ReadGaussian),
        new("BayesianGaussianMixture", ["sklearn.mixture._bayesian_mixture", "sklearn.mixture.bayesian_mixture"], Mixture.ReadBayesian),
    ];
}
