namespace Skiff.Sklearn;

/// <summary><c>numpy.interp</c>, as numpy computes it.</summary>
/// <remarks>numpy, <c>numpy/_core/src/multiarray/compiled_base.c</c>, <c>arr_interp</c>.</remarks>
internal static class NumpyInterpolation
{
    /// <summary>The value at <paramref name="x"/> of the line through the points; before the first and after the last the value there.</summary>
    /// <param name="x">Where; not NaN.</param>
    /// <param name="points">Where the points are; rising. Of equal ones the last counts.</param>
    /// <param name="values">Their values.</param>
    public static double At(double x, ReadOnlySpan<double> points, ReadOnlySpan<double> values)
    {
        if (x > points[^1])
        {
            return values[^1];
        }

        var i = LastNotAbove(points, x);
        if (i < 0)
        {
            return values[0];
        }

        if (i == points.Length - 1 || points[i] == x)
        {
            return values[i];
        }

        var slope = (values[i + 1] - values[i]) / (points[i + 1] - points[i]);
        var value = (slope * (x - points[i])) + values[i];
        if (double.IsNaN(value))
        {
            value = (slope * (x - points[i + 1])) + values[i + 1];
            if (double.IsNaN(value) && values[i] == values[i + 1])
            {
                value = values[i];
            }
        }

        return value;
    }

    private static int LastNotAbove(ReadOnlySpan<double> points, double x)
    {
        var (low, high) = (0, points.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (x >= points[middle])
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }
}
