namespace Skiff.Sklearn;

/// <summary><c>xgboost</c> and <c>lightgbm</c>, which scikit-learn pipelines hold as they hold its own estimators.</summary>
internal static class BoostersCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("XGBClassifier", ["xgboost.sklearn"], XgbClassifier.Read),
        new("XGBRFClassifier", ["xgboost.sklearn"], XgbClassifier.Read),
        new("XGBRegressor", ["xgboost.sklearn"], XgbBooster.ReadEstimator),
        new("XGBRFRegressor", ["xgboost.sklearn"], XgbBooster.ReadEstimator),
        new("XGBRanker", ["xgboost.sklearn"], XgbBooster.ReadEstimator),
        new("XGBModel", ["xgboost.sklearn"], XgbBooster.ReadEstimator),
        new("Booster", ["xgboost.core"], XgbBooster.ReadAlone),
        new("LGBMClassifier", ["lightgbm.sklearn"], LgbmClassifier.Read),
        new("LGBMRegressor", ["lightgbm.sklearn"], LgbmRegressor.ReadEstimator),
        new("LGBMRanker", ["lightgbm.sklearn"], LgbmRegressor.ReadEstimator),
        new("LGBMModel", ["lightgbm.sklearn"], LgbmRegressor.ReadEstimator),
        new("Booster", ["lightgbm.basic"], LgbmRegressor.ReadAlone),
    ];
}
