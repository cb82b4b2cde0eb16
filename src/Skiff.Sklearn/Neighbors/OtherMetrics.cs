namespace Skiff.Sklearn;

/// <summary><c>canberra</c>.</summary>
internal sealed class CanberraMetric : Metric
{
    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            var whole = Math.Abs(a[j]) + Math.Abs(b[j]);
            if (whole > 0)
            {
                sum += Math.Abs(a[j] - b[j]) / whole;
            }
        }

        return sum;
    }
}

/// <summary><c>braycurtis</c>. scipy, which answered for brute force until 1.0, divides by the absolute value of the sums, scikit-learn by the sum of absolute values.</summary>
internal sealed class BrayCurtisMetric(bool asScipy) : Metric
{
    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        var whole = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            sum += Math.Abs(a[j] - b[j]);
            whole += asScipy ? Math.Abs(a[j] + b[j]) : Math.Abs(a[j]) + Math.Abs(b[j]);
        }

        return whole > 0 || asScipy ? sum / whole : 0;
    }
}

/// <summary><c>hamming</c>: the share of columns that differ.</summary>
internal sealed class HammingMetric : Metric
{
    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var different = 0;
        for (var j = 0; j < a.Length; j++)
        {
            different += a[j] == b[j] ? 0 : 1;
        }

        return (double)different / a.Length;
    }
}

/// <summary><c>haversine</c>: the angle between two points of latitude and longitude, in radians.</summary>
internal sealed class HaversineMetric : Metric
{
    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sine0 = Math.Sin(0.5 * (a[0] - b[0]));
        var sine1 = Math.Sin(0.5 * (a[1] - b[1]));
        return (sine0 * sine0) + (Math.Cos(a[0]) * Math.Cos(b[0]) * sine1 * sine1);
    }

    public override double ToDistance(double reduced) => 2 * Math.Asin(Math.Sqrt(reduced));

    public override double ToReduced(double distance)
    {
        var sine = Math.Sin(0.5 * distance);
        return sine * sine;
    }
}

/// <summary><c>cosine</c>: one less the product of the rows, each divided by its norm.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/metrics/pairwise.py</c>, <c>cosine_distances</c>: brute force only, cut to 0 … 2. A row of zeros stays one.</remarks>
internal sealed class CosineMetric : Metric
{
    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Reduced(Kernels.Dot(a, b), Norm(a), Norm(b));

    /// <summary>The distance, given the product and the norms.</summary>
    public static double Reduced(double dot, double normA, double normB) => Math.Clamp(1 - (dot / (normA * normB)), 0, 2);

    /// <summary>What a row is divided by.</summary>
    public static double Norm(ReadOnlySpan<double> row)
    {
        var norm = Math.Sqrt(Kernels.Dot(row, row));
        return norm == 0 ? 1 : norm;
    }
}

/// <summary>The distances between rows of flags: <c>jaccard</c>, <c>dice</c>, <c>matching</c>, <c>rogerstanimoto</c>, <c>russellrao</c>, <c>sokalmichener</c>, <c>sokalsneath</c>, <c>kulsinski</c>.</summary>
/// <param name="combine">The distance, given the number of columns, of those in which both are set, and of those in which one is.</param>
internal sealed class FlagMetric(Func<int, int, int, double> combine) : Metric
{
    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var both = 0;
        var one = 0;
        for (var j = 0; j < a.Length; j++)
        {
            var isA = a[j] != 0;
            var isB = b[j] != 0;
            both += isA && isB ? 1 : 0;
            one += isA != isB ? 1 : 0;
        }

        return combine(a.Length, both, one);
    }

    /// <summary>The metric of a name, or null.</summary>
    public static FlagMetric? Find(string name) => name switch
    {
        "jaccard" => new((_, both, one) => both + one == 0 ? 0 : (double)one / (both + one)),
        "matching" => new((size, _, one) => (double)one / size),
        "dice" => new((_, both, one) => one / ((2.0 * both) + one)),
        "kulsinski" => new((size, both, one) => (double)(one - both + size) / (one + size)),
        "rogerstanimoto" or "sokalmichener" => new((size, _, one) => 2.0 * one / (size + one)),
        "russellrao" => new((size, both, _) => (double)(size - both) / size),
        "sokalsneath" => new((_, both, one) => one / ((0.5 * both) + one)),
        _ => null,
    };
}
