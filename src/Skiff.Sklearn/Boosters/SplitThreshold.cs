namespace Skiff.Sklearn;

/// <summary>Thresholds that values must be below, as the trees compare them.</summary>
internal static class SplitThreshold
{
    /// <summary>The number that a value is at most where it is less than <paramref name="threshold"/>; NaN where no value is less.</summary>
    public static float Below(float threshold) => float.IsNegativeInfinity(threshold) ? float.NaN : MathF.BitDecrement(threshold);
}
