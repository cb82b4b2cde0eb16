namespace Skiff.Sklearn;

/// <summary><c>sklearn.manifold</c>.</summary>
internal static class ManifoldCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("Isomap", ["sklearn.manifold._isomap", "sklearn.manifold.isomap"], Isomap.Read),
        new("LocallyLinearEmbedding", ["sklearn.manifold._locally_linear", "sklearn.manifold.locally_linear"], LocallyLinearEmbedding.Read),
    ];
}
