namespace Skiff.Sklearn;

/// <summary><c>sklearn.decomposition</c> and <c>sklearn.random_projection</c>.</summary>
internal static class DecompositionCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("PCA", ["sklearn.decomposition._pca", "sklearn.decomposition.pca"], CenteredProjection.ReadPca),
        new("IncrementalPCA", ["sklearn.decomposition._incremental_pca", "sklearn.decomposition.incremental_pca"], CenteredProjection.ReadIncrementalPca),
        new("FastICA", ["sklearn.decomposition._fastica", "sklearn.decomposition.fastica_"], CenteredProjection.ReadFastIca),
        new("FactorAnalysis", ["sklearn.decomposition._factor_analysis", "sklearn.decomposition.factor_analysis"], FactorAnalysis.Read),
        new("TruncatedSVD", ["sklearn.decomposition._truncated_svd", "sklearn.decomposition.truncated_svd"], TruncatedSvd.Read),
        new("KernelPCA", ["sklearn.decomposition._kernel_pca", "sklearn.decomposition.kernel_pca"], KernelPca.Read),
        new("LatentDirichletAllocation", ["sklearn.decomposition._lda", "sklearn.decomposition.online_lda"], LatentDirichletAllocation.Read),
        new("NMF", ["sklearn.decomposition._nmf", "sklearn.decomposition.nmf"], NonnegativeFactors.Read),
        new("MiniBatchNMF", ["sklearn.decomposition._nmf"], MiniBatchFactors.Read),
        new("SparsePCA", ["sklearn.decomposition._sparse_pca", "sklearn.decomposition.sparse_pca"], SparsePca.Read),
        new("MiniBatchSparsePCA", ["sklearn.decomposition._sparse_pca", "sklearn.decomposition.sparse_pca"], SparsePca.Read),
        new("DictionaryLearning", ["sklearn.decomposition._dict_learning", "sklearn.decomposition.dict_learning"], SparseCoding.Read),
        new("MiniBatchDictionaryLearning", ["sklearn.decomposition._dict_learning", "sklearn.decomposition.dict_learning"], SparseCoding.Read),
        new("SparseCoder", ["sklearn.decomposition._dict_learning", "sklearn.decomposition.dict_learning"], SparseCoding.ReadCoder),
        new("GaussianRandomProjection", ["sklearn.random_projection"], RandomProjection.Read),
        new("SparseRandomProjection", ["sklearn.random_projection"], RandomProjection.Read),
    ];
}
