namespace Skiff.Sklearn;

/// <summary>Thresholds of a file as the trees compare them.</summary>
internal static class Thresholds
{
    /// <summary>The greatest float that is not above a double: for every float, to be at most the one is to be at most the other.</summary>
    public static float RoundDown(double threshold)
    {
        var rounded = (float)threshold;
        return rounded > threshold ? MathF.BitDecrement(rounded) : rounded;
    }

    /// <summary>All thresholds of a tree.</summary>
    public static float[] RoundDown(double[] thresholds) => Array.ConvertAll(thresholds, RoundDown);
}
