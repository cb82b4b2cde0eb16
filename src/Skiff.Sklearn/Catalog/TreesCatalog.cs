namespace Skiff.Sklearn;

/// <summary><c>sklearn.tree</c> and the ensembles of trees in <c>sklearn.ensemble</c>.</summary>
internal static class TreesCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("DecisionTreeClassifier", ["sklearn.tree._classes", "sklearn.tree.tree"], DecisionTreeClassifier.Read),
        new("DecisionTreeRegressor", ["sklearn.tree._classes", "sklearn.tree.tree"], DecisionTreeRegressor.Read),
        new("ExtraTreeClassifier", ["sklearn.tree._classes", "sklearn.tree.tree"], DecisionTreeClassifier.ReadExtra),
        new("ExtraTreeRegressor", ["sklearn.tree._classes", "sklearn.tree.tree"], DecisionTreeRegressor.ReadExtra),
        new("RandomForestClassifier", ["sklearn.ensemble._forest", "sklearn.ensemble.forest"], ForestClassifier.Read),
        new("RandomForestRegressor", ["sklearn.ensemble._forest", "sklearn.ensemble.forest"], ForestRegressor.Read),
        new("ExtraTreesClassifier", ["sklearn.ensemble._forest", "sklearn.ensemble.forest"], ForestClassifier.Read),
        new("ExtraTreesRegressor", ["sklearn.ensemble._forest", "sklearn.ensemble.forest"], ForestRegressor.Read),
        new("GradientBoostingClassifier", ["sklearn.ensemble._gb", "sklearn.ensemble.gradient_boosting"], GradientBoostingClassifier.Read),
        new("GradientBoostingRegressor", ["sklearn.ensemble._gb", "sklearn.ensemble.gradient_boosting"], GradientBoostingRegressor.Read),
        new("HistGradientBoostingClassifier", ["sklearn.ensemble._hist_gradient_boosting.gradient_boosting"], HistGradientBoostingClassifier.Read),
        new("HistGradientBoostingRegressor", ["sklearn.ensemble._hist_gradient_boosting.gradient_boosting"], HistGradientBoostingRegressor.Read),
        new("IsolationForest", ["sklearn.ensemble._iforest", "sklearn.ensemble.iforest"], IsolationForest.Read),
        new("RandomTreesEmbedding", ["sklearn.ensemble._forest", "sklearn.ensemble.forest"], RandomTreesEmbedding.Read),
        new("AdaBoostClassifier", ["sklearn.ensemble._weight_boosting", "sklearn.ensemble.weight_boosting"], AdaBoostClassifier.Read),
        new("AdaBoostRegressor", ["sklearn.ensemble._weight_boosting", "sklearn.ensemble.weight_boosting"], AdaBoostRegressor.Read),
        new("BaggingClassifier", ["sklearn.ensemble._bagging", "sklearn.ensemble.bagging"], BaggingClassifier.Read),
        new("BaggingRegressor", ["sklearn.ensemble._bagging", "sklearn.ensemble.bagging"], BaggingRegressor.Read),
    ];
}
