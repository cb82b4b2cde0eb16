namespace Skiff.Sklearn;

/// <summary><c>sklearn.cluster</c>.</summary>
internal static class ClusterCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("KMeans", ["sklearn.cluster._kmeans", "sklearn.cluster.k_means_"], KMeans.Read),
        new("MiniBatchKMeans", ["sklearn.cluster._kmeans", "sklearn.cluster.k_means_"], KMeans.Read),
    ];
}
