namespace Skiff.Sklearn;

/// <summary><c>sklearn.gaussian_process</c>.</summary>
internal static class GaussianProcessCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("GaussianProcessRegressor", ["sklearn.gaussian_process._gpr", "sklearn.gaussian_process.gpr"], GaussianProcessRegressor.Read),
        new("GaussianProcessClassifier", ["sklearn.gaussian_process._gpc", "sklearn.gaussian_process.gpc"], GaussianProcessClassifier.Read),
        new("_BinaryGaussianProcessClassifierLaplace", ["sklearn.gaussian_process._gpc", "sklearn.gaussian_process.gpc"], LaplaceClassifier.Read),
    ];
}
