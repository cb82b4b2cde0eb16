namespace Skiff.Sklearn;

/// <summary>
/// A distance between two rows. Searches compare its reduced form, which is cheaper and in the same order: the square of a euclidean distance.
/// </summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/metrics/_dist_metrics.pyx.tp</c>; sums run over the columns in order, as there.</remarks>
internal abstract class Metric
{
    /// <summary>The exponent of the norm by which trees of boxes bound the distance (infinity for <c>chebyshev</c>); NaN where they cannot have it.</summary>
    public virtual double Exponent => double.NaN;

    /// <summary>The reduced distance.</summary>
    public abstract double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b);

    /// <summary>The distance of a reduced one.</summary>
    public virtual double ToDistance(double reduced) => reduced;

    /// <summary>The reduced distance of a distance.</summary>
    public virtual double ToReduced(double distance) => distance;

    /// <summary>The distance.</summary>
    public double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => ToDistance(Reduced(a, b));
}

/// <summary><c>euclidean</c>.</summary>
internal sealed class EuclideanMetric : Metric
{
    public override double Exponent => 2;

    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            var difference = a[j] - b[j];
            sum += difference * difference;
        }

        return sum;
    }

    public override double ToDistance(double reduced) => Math.Sqrt(reduced);

    public override double ToReduced(double distance) => distance * distance;
}

/// <summary><c>sqeuclidean</c>: the square is the distance.</summary>
internal sealed class SquaredEuclideanMetric : Metric
{
    private readonly EuclideanMetric _euclidean = new();

    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => _euclidean.Reduced(a, b);
}

/// <summary><c>manhattan</c>.</summary>
internal sealed class ManhattanMetric : Metric
{
    public override double Exponent => 1;

    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            sum += Math.Abs(a[j] - b[j]);
        }

        return sum;
    }
}

/// <summary><c>chebyshev</c>.</summary>
internal sealed class ChebyshevMetric : Metric
{
    public override double Exponent => double.PositiveInfinity;

    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var highest = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            highest = Math.Max(highest, Math.Abs(a[j] - b[j]));
        }

        return highest;
    }
}

/// <summary><c>minkowski</c>; the weights stand outside the power, those of the older <c>wminkowski</c> inside.</summary>
internal sealed class MinkowskiMetric(double p, double[]? weights, bool areInside) : Metric
{
    // Boxes do without the weights that stand outside, in scikit-learn too.
    public override double Exponent => weights is null || !areInside ? p : double.NaN;

    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            var difference = Math.Abs(a[j] - b[j]);
            sum += weights is null ? Math.Pow(difference, p)
                : areInside ? Math.Pow(weights[j] * difference, p)
                : weights[j] * Math.Pow(difference, p);
        }

        return sum;
    }

    public override double ToDistance(double reduced) => Math.Pow(reduced, 1 / p);

    public override double ToReduced(double distance) => Math.Pow(distance, p);
}

/// <summary><c>seuclidean</c>: each square divided by a variance.</summary>
internal sealed class StandardizedEuclideanMetric(double[] variances) : Metric
{
    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            var difference = a[j] - b[j];
            sum += difference * difference / variances[j];
        }

        return sum;
    }

    public override double ToDistance(double reduced) => Math.Sqrt(reduced);

    public override double ToReduced(double distance) => distance * distance;
}

/// <summary><c>mahalanobis</c>: squares weighted by the inverse of a covariance.</summary>
internal sealed class MahalanobisMetric(Matrix inverse) : Metric
{
    public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var row = inverse.Row(i);
            var inner = 0.0;
            for (var j = 0; j < a.Length; j++)
            {
                inner += row[j] * (a[j] - b[j]);
            }

            sum += inner * (a[i] - b[i]);
        }

        return sum;
    }

    public override double ToDistance(double reduced) => Math.Sqrt(reduced);

    public override double ToReduced(double distance) => distance * distance;
}
