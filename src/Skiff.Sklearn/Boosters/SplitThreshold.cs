namespace Skiff.Sklearn;

/// <summary>Thresholds that values must be below, as the trees compare them.</summary>
internal static class SplitThreshold
{
    private static readonly CategorySet None = new([], OthersLeft: false);

    /// <summary>The number that a value is at most where it is less than <paramref name="threshold"/>; NaN where no value is less.</summary>
    public static float Below(float threshold) => float.IsNegativeInfinity(threshold) ? float.NaN : MathF.BitDecrement(threshold);

    /// <summary>A tree whose thresholds that no value is below are empty sets of categories: no comparison with NaN holds, so that its values would go to the left.</summary>
    public static TreeArrays<float> SendNoneLeft(TreeArrays<float> tree)
    {
        if (!Array.Exists(tree.Threshold, float.IsNaN))
        {
            return tree;
        }

        var sets = new CategorySet?[tree.Threshold.Length];
        for (var i = 0; i < sets.Length; i++)
        {
            sets[i] = tree.Categories?[i] ?? (float.IsNaN(tree.Threshold[i]) ? None : null);
        }

        return tree with { Categories = sets };
    }
}
