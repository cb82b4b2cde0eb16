namespace Skiff.Sklearn;

/// <summary><c>sklearn.cluster</c>.</summary>
internal static class ClusterCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("KMeans", ["sklearn.cluster._kmeans", "sklearn.cluster.k_means_"], KMeans.Read),
        new("MiniBatchKMeans", ["sklearn.cluster._kmeans", "sklearn.cluster.k_means_"], KMeans.Read),
        new("BisectingKMeans", ["sklearn.cluster._bisect_k_means"], BisectingKMeans.Read),
        new("AffinityPropagation", ["sklearn.cluster._affinity_propagation", "sklearn.cluster.affinity_propagation_"], NearestCenter.ReadAffinityPropagation),
        new("MeanShift", ["sklearn.cluster._mean_shift", "sklearn.cluster.mean_shift_"], NearestCenter.ReadMeanShift),
        new("Birch", ["sklearn.cluster._birch", "sklearn.cluster.birch"], Birch.Read),
        new("FeatureAgglomeration", ["sklearn.cluster._agglomerative", "sklearn.cluster._hierarchical", "sklearn.cluster.hierarchical"], FeatureAgglomeration.Read),
    ];
}
