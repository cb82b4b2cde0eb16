using System.Diagnostics.CodeAnalysis;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>
/// The estimators of scikit-learn, and of packages around it, that have none of the methods a server can offer, or no answer of one row for each that is asked: no file of
/// theirs can answer, whatever reads it. Naming them
/// tells that from an estimator that is not known.
/// </summary>
internal static class UnansweringCatalog
{
    private const string Clusters = "it only labels the rows it was fitted on; fit a classifier on its labels_, or use a clustering with predict, as KMeans";
    private const string Embeds = "it only places the rows it was fitted on; use an embedding with transform, as Isomap or PCA";
    private const string Covariance = "it estimates a covariance; EllipticEnvelope answers about rows with one";
    private const string Patches = "it makes many rows of one image, and an answer has one row for each that is asked; cut the patches before the request";
    private const string Neighbors = "it only finds neighbors; KNeighborsTransformer and RadiusNeighborsTransformer answer with them";

    private const string Dates = "it turns texts into dates, and a table holds numbers and texts; count the days or seconds before the request, and put a ContinuousDomain around them";

    private static readonly Dictionary<PyGlobal, string> Reasons = Build();

    /// <summary>Every one of them, with the modules it has been pickled under, newest first, and what it is good for.</summary>
    public static (string Name, string[] Modules, string Reason)[] Entries =>
    [
        ("AgglomerativeClustering", ["sklearn.cluster._agglomerative", "sklearn.cluster._hierarchical", "sklearn.cluster.hierarchical"], Clusters),
        ("DBSCAN", ["sklearn.cluster._dbscan", "sklearn.cluster.dbscan_"], Clusters),
        ("HDBSCAN", ["sklearn.cluster._hdbscan.hdbscan"], Clusters),
        ("OPTICS", ["sklearn.cluster._optics", "sklearn.cluster.optics_"], Clusters),
        ("SpectralClustering", ["sklearn.cluster._spectral", "sklearn.cluster.spectral"], Clusters),
        ("SpectralBiclustering", ["sklearn.cluster._bicluster", "sklearn.cluster.bicluster"], Clusters),
        ("SpectralCoclustering", ["sklearn.cluster._bicluster", "sklearn.cluster.bicluster"], Clusters),
        ("ClassicalMDS", ["sklearn.manifold._classical_mds"], Embeds),
        ("MDS", ["sklearn.manifold._mds", "sklearn.manifold.mds"], Embeds),
        ("SpectralEmbedding", ["sklearn.manifold._spectral_embedding", "sklearn.manifold.spectral_embedding_"], Embeds),
        ("TSNE", ["sklearn.manifold._t_sne", "sklearn.manifold.t_sne"], Embeds),
        ("EmpiricalCovariance", ["sklearn.covariance._empirical_covariance", "sklearn.covariance.empirical_covariance_"], Covariance),
        ("GraphicalLasso", ["sklearn.covariance._graph_lasso", "sklearn.covariance.graph_lasso_"], Covariance),
        ("GraphicalLassoCV", ["sklearn.covariance._graph_lasso", "sklearn.covariance.graph_lasso_"], Covariance),
        ("LedoitWolf", ["sklearn.covariance._shrunk_covariance", "sklearn.covariance.shrunk_covariance_"], Covariance),
        ("MinCovDet", ["sklearn.covariance._robust_covariance", "sklearn.covariance.robust_covariance"], Covariance),
        ("OAS", ["sklearn.covariance._shrunk_covariance", "sklearn.covariance.shrunk_covariance_"], Covariance),
        ("ShrunkCovariance", ["sklearn.covariance._shrunk_covariance", "sklearn.covariance.shrunk_covariance_"], Covariance),
        ("PatchExtractor", ["sklearn.feature_extraction.image"], Patches),
        ("NearestNeighbors", ["sklearn.neighbors._unsupervised", "sklearn.neighbors.unsupervised"], Neighbors),
        ("DateDomain", ["sklearn2pmml.decoration"], Dates),
        ("DateTimeDomain", ["sklearn2pmml.decoration"], Dates),
    ];

    /// <summary>Finds why a class answers nothing.</summary>
    public static bool TryFind(PyGlobal name, [NotNullWhen(true)] out string? reason) => Reasons.TryGetValue(name, out reason);

    private static Dictionary<PyGlobal, string> Build()
    {
        var reasons = new Dictionary<PyGlobal, string>();
        foreach (var (name, modules, reason) in Entries)
        {
            foreach (var module in modules)
            {
                reasons.Add(new PyGlobal(module, name), reason);
            }
        }

        return reasons;
    }
}
