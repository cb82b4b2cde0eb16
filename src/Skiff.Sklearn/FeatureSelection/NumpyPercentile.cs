namespace Skiff.Sklearn;

/// <summary><c>numpy.percentile</c> to the last digit, which decides where values are compared with it.</summary>
/// <remarks>
/// numpy 2, <c>_lerp</c>: from the nearer neighbour. The numpy of scikit-learn before 0.24 (at most 1.19) adds both neighbours, each times its
/// weight, which need not give back a value that both of them are.
/// </remarks>
internal static class NumpyPercentile
{
    public static double Linear(ReadOnlySpan<double> values, double percent, SklearnVersion version)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var index = percent / 100 * (sorted.Length - 1);
        var below = (int)Math.Min(Math.Floor(index), sorted.Length - 1);
        var a = sorted[below];
        var b = sorted[Math.Min(below + 1, sorted.Length - 1)];
        var t = index - below;
        if (version < new SklearnVersion(0, 24))
        {
            return (a * (1 - t)) + (b * t);
        }

        return t >= 0.5 ? b - ((b - a) * (1 - t)) : a + ((b - a) * t);
    }
}
