using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>SelectKBest</c> and its kin: columns chosen by a score, or a p-value, each.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/feature_selection/_univariate_selection.py</c>, <c>_get_support_mask</c>; the same since 0.22. A score that is NaN
/// is the lowest.
/// </remarks>
internal static class UnivariateSelection
{
    public static Estimator ReadKBest(EstimatorNode node) => Selector(node, KBest(node, "k"));

    public static Estimator ReadPercentile(EstimatorNode node) => Selector(node, Percentile(node, "percentile"));

    public static Estimator ReadFpr(EstimatorNode node) => Selector(node, FalsePositiveRate(node, "alpha"));

    public static Estimator ReadFdr(EstimatorNode node) => Selector(node, FalseDiscoveryRate(node, "alpha"));

    public static Estimator ReadFwe(EstimatorNode node) => Selector(node, FamilyWiseError(node, "alpha"));

    public static Estimator ReadGeneric(EstimatorNode node) => Selector(node, node.Text("mode", "percentile") switch
    {
        "k_best" => KBest(node, "param"),
        "percentile" => Percentile(node, "param"),
        "fpr" => FalsePositiveRate(node, "param"),
        "fdr" => FalseDiscoveryRate(node, "param"),
        "fwe" => FamilyWiseError(node, "param"),
        var mode => throw node.Error($"'mode' is '{mode}'; percentile, k_best, fpr, fdr and fwe are known"),
    });

    private static FeatureSelector Selector(EstimatorNode node, bool[] mask) => new(node, mask, acceptsAnything: false);

    // Sorted upwards without exchanging equal ones, the last k: of equal scores the later column.
    private static bool[] KBest(EstimatorNode node, string parameter)
    {
        var scores = Scores(node);
        var mask = new bool[scores.Length];
        if (node.Optional(parameter) is "all")
        {
            mask.AsSpan().Fill(true);
            return mask;
        }

        var k = node.CheckedInteger(parameter, 0, int.MaxValue);
        foreach (var j in Enumerable.Range(0, scores.Length).OrderBy(j => scores[j]).TakeLast(k))
        {
            mask[j] = true;
        }

        return mask;
    }

    private static bool[] Percentile(EstimatorNode node, string parameter)
    {
        var scores = Scores(node);
        var percentile = node.Number(parameter);
        if (percentile is not (>= 0 and <= 100))
        {
            throw node.Error($"'{parameter}' is {PyFloat.Format(percentile)}; 0 to 100 is possible");
        }

        if (percentile is 0 or 100 || scores.Length == 0)
        {
            return [.. scores.Select(_ => percentile == 100)];
        }

        var threshold = NumpyPercentile.Linear(scores, 100 - percentile, node.Version);
        var mask = scores.Select(score => score > threshold).ToArray();
        var ties = Enumerable.Range(0, scores.Length).Where(j => scores[j] == threshold).ToArray();

        // A slice of Python's: below zero it counts from the end.
        var room = (int)(scores.Length * percentile / 100) - mask.Count(selected => selected);
        foreach (var j in ties.Take(room >= 0 ? room : Math.Max(0, ties.Length + room)))
        {
            mask[j] = true;
        }

        return mask;
    }

    private static bool[] FalsePositiveRate(EstimatorNode node, string parameter)
    {
        var values = PValues(node, out var isSingle);
        var alpha = Bound(node.Number(parameter), isSingle);
        return [.. values.Select(value => value < alpha)];
    }

    private static bool[] FamilyWiseError(EstimatorNode node, string parameter)
    {
        var values = PValues(node, out var isSingle);
        var alpha = Bound(node.Number(parameter) / values.Length, isSingle);
        return [.. values.Select(value => value < alpha)];
    }

    // Benjamini and Hochberg: the largest p-value below its own bound, and all that are no larger.
    private static bool[] FalseDiscoveryRate(EstimatorNode node, string parameter)
    {
        var values = PValues(node, out _);
        var step = node.Number(parameter) / values.Length;
        var sorted = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        var highest = double.NegativeInfinity;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i] <= step * (i + 1))
            {
                highest = sorted[i];
            }
        }

        return [.. values.Select(value => value <= highest)];
    }

    // numpy compares float32 with a Python number as float32.
    private static double Bound(double alpha, bool isSingle) => isSingle ? (float)alpha : alpha;

    private static double[] Scores(EstimatorNode node)
    {
        var lowest = node.Array("scores_").Type.Kind == DTypeKind.Float32 ? float.MinValue : double.MinValue;
        return [.. node.Vector("scores_").Select(score => double.IsNaN(score) ? lowest : score)];
    }

    private static double[] PValues(EstimatorNode node, out bool isSingle)
    {
        isSingle = node.Array("pvalues_").Type.Kind == DTypeKind.Float32;
        return node.Vector("pvalues_");
    }
}
