namespace Skiff.Sklearn;

/// <summary><c>correlation</c>: one less the cosine between the rows, each less its mean; NaN where a row holds one number only.</summary>
/// <remarks>scipy, <c>scipy/spatial/distance.py</c>, <c>cdist</c>.</remarks>
internal sealed class CorrelationMetric : Metric
{
    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var meanA = NumpySum.Of(a) / a.Length;
        var meanB = NumpySum.Of(b) / b.Length;
        double product = 0, squareA = 0, squareB = 0;
        for (var j = 0; j < a.Length; j++)
        {
            var differenceA = a[j] - meanA;
            var differenceB = b[j] - meanB;
            product += differenceA * differenceB;
            squareA += differenceA * differenceA;
            squareB += differenceB * differenceB;
        }

        var cosine = product / (Math.Sqrt(squareA) * Math.Sqrt(squareB));
        return 1 - (double.IsNaN(cosine) ? cosine : Math.Clamp(cosine, -1, 1));
    }
}

/// <summary><c>yule</c>, between rows of flags.</summary>
/// <remarks>scipy, <c>scipy/spatial/distance.py</c>, <c>yule</c>.</remarks>
internal sealed class YuleMetric : Metric
{
    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double both = 0, first = 0, second = 0, none = 0;
        for (var j = 0; j < a.Length; j++)
        {
            switch (a[j] != 0, b[j] != 0)
            {
                case (true, true):
                    both++;
                    break;
                case (true, false):
                    first++;
                    break;
                case (false, true):
                    second++;
                    break;
                default:
                    none++;
                    break;
            }
        }

        var different = first * second;
        return different == 0 ? 0 : 2 * different / ((both * none) + different);
    }
}
