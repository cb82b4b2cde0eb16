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
        new("Perceptron", ["sklearn.linear_model._perceptron", "sklearn.linear_model.perceptron"], LinearClassifier.Read),
        new("PassiveAggressiveClassifier", ["sklearn.linear_model._passive_aggressive", "sklearn.linear_model.passive_aggressive"], LinearClassifier.Read),
        new("LinearRegression", ["sklearn.linear_model._base", "sklearn.linear_model.base"], LinearRegressor.Read),
        new("Ridge", ["sklearn.linear_model._ridge", "sklearn.linear_model.ridge"], LinearRegressor.Read),
        new("RidgeCV", ["sklearn.linear_model._ridge", "sklearn.linear_model.ridge"], LinearRegressor.Read),
        new("PassiveAggressiveRegressor", ["sklearn.linear_model._passive_aggressive", "sklearn.linear_model.passive_aggressive"], LinearRegressor.Read),
        new("SGDRegressor", ["sklearn.linear_model._stochastic_gradient", "sklearn.linear_model.stochastic_gradient"], LinearRegressor.Read),
        new("SGDOneClassSVM", ["sklearn.linear_model._stochastic_gradient"], OneClassSgd.Read),
        new("Lasso", ["sklearn.linear_model._coordinate_descent", "sklearn.linear_model.coordinate_descent"], LinearRegressor.Read),
        new("LassoCV", ["sklearn.linear_model._coordinate_descent", "sklearn.linear_model.coordinate_descent"], LinearRegressor.Read),
        new("ElasticNet", ["sklearn.linear_model._coordinate_descent", "sklearn.linear_model.coordinate_descent"], LinearRegressor.Read),
        new("ElasticNetCV", ["sklearn.linear_model._coordinate_descent", "sklearn.linear_model.coordinate_descent"], LinearRegressor.Read),
        new("MultiTaskLasso", ["sklearn.linear_model._coordinate_descent", "sklearn.linear_model.coordinate_descent"], LinearRegressor.Read),
        new("MultiTaskLassoCV", ["sklearn.linear_model._coordinate_descent", "sklearn.linear_model.coordinate_descent"], LinearRegressor.Read),
        new("MultiTaskElasticNet", ["sklearn.linear_model._coordinate_descent", "sklearn.linear_model.coordinate_descent"], LinearRegressor.Read),
        new("MultiTaskElasticNetCV", ["sklearn.linear_model._coordinate_descent", "sklearn.linear_model.coordinate_descent"], LinearRegressor.Read),
        new("Lars", ["sklearn.linear_model._least_angle", "sklearn.linear_model.least_angle"], LinearRegressor.Read),
        new("LarsCV", ["sklearn.linear_model._least_angle", "sklearn.linear_model.least_angle"], LinearRegressor.Read),
        new("LassoLars", ["sklearn.linear_model._least_angle", "sklearn.linear_model.least_angle"], LinearRegressor.Read),
        new("LassoLarsCV", ["sklearn.linear_model._least_angle", "sklearn.linear_model.least_angle"], LinearRegressor.Read),
        new("LassoLarsIC", ["sklearn.linear_model._least_angle", "sklearn.linear_model.least_angle"], LinearRegressor.Read),
        new("OrthogonalMatchingPursuit", ["sklearn.linear_model._omp", "sklearn.linear_model.omp"], LinearRegressor.Read),
        new("OrthogonalMatchingPursuitCV", ["sklearn.linear_model._omp", "sklearn.linear_model.omp"], LinearRegressor.Read),
        new("BayesianRidge", ["sklearn.linear_model._bayes", "sklearn.linear_model.bayes"], BayesianRegressor.Read),
        new("ARDRegression", ["sklearn.linear_model._bayes", "sklearn.linear_model.bayes"], BayesianRegressor.Read),
        new("HuberRegressor", ["sklearn.linear_model._huber", "sklearn.linear_model.huber"], LinearRegressor.Read),
        new("TheilSenRegressor", ["sklearn.linear_model._theil_sen", "sklearn.linear_model.theil_sen"], LinearRegressor.Read),
        new("QuantileRegressor", ["sklearn.linear_model._quantile"], LinearRegressor.Read),
        new("RANSACRegressor", ["sklearn.linear_model._ransac", "sklearn.linear_model.ransac"], RansacRegressor.Read),
        new("LinearSVR", ["sklearn.svm._classes", "sklearn.svm.classes"], LinearRegressor.Read),
        new("PoissonRegressor", ["sklearn.linear_model._glm.glm"], GeneralizedLinearRegressor.Read),
        new("GammaRegressor", ["sklearn.linear_model._glm.glm"], GeneralizedLinearRegressor.Read),
        new("TweedieRegressor", ["sklearn.linear_model._glm.glm"], GeneralizedLinearRegressor.Read),
    ];
}
