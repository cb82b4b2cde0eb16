namespace Skiff.Sklearn;

/// <summary><c>sklearn.linear_model</c> and the linear half of <c>sklearn.svm</c>.</summary>
internal static class LinearCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("LogisticRegression", ["sklearn.linear_model._logistic", "sklearn.linear_model.logistic"], LogisticRegression.Read),
        new("LogisticRegressionCV", ["sklearn.linear_model._logistic", "sklearn.linear_model.logistic"], LogisticRegression.Read),
        new("SGDClassifier", ["sklearn.linear_model._stochastic_gradient", "sklearn.linear_model.stochastic_gradient"], SgdClassifier.Read),
        new("RidgeClassifier", ["sklearn.linear_model._ridge", "sklearn.linear_model.ridge"], RidgeClassifier.Read),
        new("RidgeClassifierCV", ["sklearn.linear_model._ridge", "sklearn.linear_model.ridge"], RidgeClassifier.Read),
        new("LinearSVC", ["sklearn.svm._classes", "sklearn.svm.classes"], LinearClassifier.Read),
        new("LinearRegression", ["sklearn.linear_model._base", "sklearn.linear_model.base"], LinearRegressor.Read),
        new("Ridge", ["sklearn.linear_model._ridge", "sklearn.linear_model.ridge"], LinearRegressor.Read),
        new("RidgeCV", ["sklearn.linear_model._ridge", "sklearn.linear_model.ridge"], LinearRegressor.Read),
    ];
}
