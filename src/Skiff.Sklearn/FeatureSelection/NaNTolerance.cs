using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Whether an estimator has the tag <c>allow_nan</c>, which selectors take over from the one inside them: then they check nothing.</summary>
/// <remarks>
/// Decision trees since 1.3 and forests of them since 1.4 where the criterion can, extremely randomized trees since 1.6; histogram boosting,
/// xgboost and lightgbm always; bagging as what it holds, since 1.3.
/// </remarks>
internal static class NaNTolerance
{
    private const int MaximumDepth = 8;

    public static bool Of(object? estimator, SklearnVersion version, int depth = 0)
    {
        if (estimator is not PyInstance instance || depth == MaximumDepth)
        {
            return false;
        }

        return instance.Type.Name switch
        {
            "HistGradientBoostingClassifier" or "HistGradientBoostingRegressor" => true,
            "XGBClassifier" or "XGBRegressor" or "XGBRanker" or "XGBRFClassifier" or "XGBRFRegressor" => true,
            "LGBMClassifier" or "LGBMRegressor" or "LGBMRanker" => true,
            "DecisionTreeClassifier" or "DecisionTreeRegressor" => IsTree(instance, version, "best"),
            "ExtraTreeClassifier" or "ExtraTreeRegressor" => version >= new SklearnVersion(1, 6) && IsTree(instance, version, "random"),
            "RandomForestClassifier" or "RandomForestRegressor" => version >= new SklearnVersion(1, 4) && HasCriterion(instance, version),
            "ExtraTreesClassifier" or "ExtraTreesRegressor" => version >= new SklearnVersion(1, 6) && HasCriterion(instance, version),
            "BaggingClassifier" or "BaggingRegressor" => version >= new SklearnVersion(1, 3)
                && (ModelImportances.Attribute(instance, "estimator") is { } inner ? Of(inner, version, depth + 1) : true),
            _ => false,
        };
    }

    private static bool IsTree(PyInstance tree, SklearnVersion version, string splitter) =>
        version >= new SklearnVersion(1, 3)
        && (ModelImportances.Attribute(tree, "splitter") as string == splitter || version >= new SklearnVersion(1, 6))
        && HasCriterion(tree, version);

    private static bool HasCriterion(PyInstance tree, SklearnVersion version) =>
        version >= new SklearnVersion(1, 9)
        || ModelImportances.Attribute(tree, "criterion") is "gini" or "log_loss" or "entropy" or "squared_error" or "friedman_mse" or "poisson";
}
