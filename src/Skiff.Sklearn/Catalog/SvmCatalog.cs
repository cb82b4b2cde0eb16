namespace Skiff.Sklearn;

/// <summary>The half of <c>sklearn.svm</c> that has kernels.</summary>
internal static class SvmCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("SVC", ["sklearn.svm._classes", "sklearn.svm.classes"], SvmClassifier.Read),
        new("NuSVC", ["sklearn.svm._classes", "sklearn.svm.classes"], SvmClassifier.Read),
        new("SVR", ["sklearn.svm._classes", "sklearn.svm.classes"], SvmRegressor.Read),
        new("NuSVR", ["sklearn.svm._classes", "sklearn.svm.classes"], SvmRegressor.Read),
        new("OneClassSVM", ["sklearn.svm._classes", "sklearn.svm.classes"], OneClassSvm.Read),
    ];
}
