namespace Skiff.Sklearn;

/// <summary><c>sklearn.neighbors</c>.</summary>
internal static class NeighborsCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("KNeighborsClassifier", ["sklearn.neighbors._classification", "sklearn.neighbors.classification"], KNeighborsClassifier.Read),
        new("KNeighborsRegressor", ["sklearn.neighbors._regression", "sklearn.neighbors.regression"], NeighborRegressor.ReadNearest),
        new("RadiusNeighborsClassifier", ["sklearn.neighbors._classification", "sklearn.neighbors.classification"], RadiusNeighborsClassifier.Read),
        new("RadiusNeighborsRegressor", ["sklearn.neighbors._regression", "sklearn.neighbors.regression"], NeighborRegressor.ReadWithin),
        new("KNeighborsTransformer", ["sklearn.neighbors._graph", "sklearn.neighbors.graph"], NeighborGraph.ReadNearest),
        new("RadiusNeighborsTransformer", ["sklearn.neighbors._graph", "sklearn.neighbors.graph"], NeighborGraph.ReadWithin),
        new("NearestCentroid", ["sklearn.neighbors._nearest_centroid", "sklearn.neighbors.nearest_centroid"], NearestCentroid.Read),
        new("LocalOutlierFactor", ["sklearn.neighbors._lof", "sklearn.neighbors.lof"], LocalOutlierFactor.Read),
        new("KernelDensity", ["sklearn.neighbors._kde", "sklearn.neighbors.kde"], KernelDensity.Read),
        new("NeighborhoodComponentsAnalysis", ["sklearn.neighbors._nca", "sklearn.neighbors.nca"], CenteredProjection.ReadNeighborhoodComponents),
    ];
}
