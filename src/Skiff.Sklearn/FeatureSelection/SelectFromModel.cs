using System.Globalization;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>SelectFromModel</c>: the columns that matter to a fitted model.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/feature_selection/_from_model.py</c>. Without a threshold it is 1e-5 for models with an l1 penalty, else the
/// mean: ElasticNet counts as such with <c>l1_ratio</c> 1 since 1.1, logistic regression since 1.8.
/// </remarks>
internal static class SelectFromModel
{
    private const double L1Threshold = 1e-5;

    public static Estimator Read(EstimatorNode node)
    {
        var isPrefit = node.Version < new SklearnVersion(1, 1) && node.Flag("prefit", false);
        var attribute = node.Has("estimator_") && !isPrefit ? "estimator_" : "estimator";
        var estimator = node.Required(attribute) as PyInstance ?? throw node.Unexpected(attribute, "an estimator");
        if (attribute == "estimator" && !node.Flag("prefit", false))
        {
            throw node.Error("'estimator_' is missing: the estimator is not fitted; call fit before saving it");
        }

        var scores = ModelImportances.Read(node, estimator);
        var threshold = Threshold(node, estimator, scores);
        var mask = Candidates(node, scores);
        for (var j = 0; j < mask.Length; j++)
        {
            mask[j] &= !(scores[j] < threshold);
        }

        return new FeatureSelector(node, mask, NaNTolerance.Of(node.Optional("estimator"), node.Version));
    }

    private static bool[] Candidates(EstimatorNode node, double[] scores)
    {
        var mask = new bool[scores.Length];
        if (node.Optional("max_features") is null)
        {
            mask.AsSpan().Fill(true);
            return mask;
        }

        // A callable has left its answer in max_features_.
        var count = node.CheckedInteger(node.Has("max_features_") ? "max_features_" : "max_features", 0, int.MaxValue);
        foreach (var j in Enumerable.Range(0, scores.Length).OrderBy(j => double.IsNaN(scores[j]) ? double.PositiveInfinity : -scores[j]).Take(count))
        {
            mask[j] = true;
        }

        return mask;
    }

    private static double Threshold(EstimatorNode node, PyInstance estimator, double[] scores)
    {
        switch (node.Optional("threshold"))
        {
            case null:
                return IsL1Penalized(estimator, node.Version) ? L1Threshold : NumpySum.Of(scores) / scores.Length;
            case string text:
                var parts = text.Split('*');
                return parts.Length switch
                {
                    1 => Reference(node, parts[0], scores),
                    2 when PyFloat.TryParse(Utf8.GetBytes(parts[0].Trim()), out var scale) => scale * Reference(node, parts[1].Trim(), scores),
                    _ => throw Unknown(node, text),
                };
            default:
                return node.Number("threshold");
        }
    }

    private static double Reference(EstimatorNode node, string name, double[] scores) => name switch
    {
        "mean" => NumpySum.Of(scores) / scores.Length,
        "median" => Median(scores),
        _ => throw Unknown(node, name),
    };

    private static Models.ModelLoadException Unknown(EstimatorNode node, string text) =>
        node.Error(string.Create(CultureInfo.InvariantCulture, $"'threshold' is '{text}'; a number, 'mean', 'median' and a multiple such as '1.25*mean' are possible"));

    private static double Median(double[] values)
    {
        if (values.Length == 0 || values.Any(double.IsNaN))
        {
            return double.NaN;
        }

        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static bool IsL1Penalized(PyInstance estimator, SklearnVersion version)
    {
        var name = estimator.Type.Name;
        if (ModelImportances.Attribute(estimator, "penalty") is "l1" || name.Contains("Lasso", StringComparison.Ordinal))
        {
            return true;
        }

        var byRatio = version < new SklearnVersion(1, 7) ? version >= new SklearnVersion(1, 1) && name.Contains("ElasticNet", StringComparison.Ordinal)
            : name is "ElasticNet" or "ElasticNetCV"
                || (version >= new SklearnVersion(1, 8) && name is "LogisticRegression" or "LogisticRegressionCV");
        return byRatio && (IsOne(estimator, "l1_ratio_") || IsOne(estimator, "l1_ratio"));
    }

    // numpy.isclose with its default tolerances, over all values where there are several.
    private static bool IsOne(PyInstance estimator, string attribute) => ModelImportances.Attribute(estimator, attribute) switch
    {
        NdArray { IsNumeric: true, Size: > 0 } array => array.ToDoubles().All(IsOne),
        var value => EstimatorNode.AsNumber(value) is { } number && IsOne(number),
    };

    private static bool IsOne(double value) => Math.Abs(value - 1) <= 1e-8 + 1e-5;
}
