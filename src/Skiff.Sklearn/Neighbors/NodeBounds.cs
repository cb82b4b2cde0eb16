namespace Skiff.Sklearn;

/// <summary>Where the nodes of a tree lie, and with that how near and how far their points can be.</summary>
internal abstract class NodeBounds
{
    /// <summary>The lowest reduced distance that a point of the node can have.</summary>
    public abstract double LowestReduced(int node, ReadOnlySpan<double> query);

    /// <summary>The lowest and the highest distance that a point of the node can have.</summary>
    public abstract (double Lowest, double Highest) Range(int node, ReadOnlySpan<double> query);
}

/// <summary>Balls around a center.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/neighbors/_ball_tree.pyx.tp</c>.</remarks>
internal sealed class BallBounds(Matrix centers, double[] radii, Metric metric) : NodeBounds
{
    public override double LowestReduced(int node, ReadOnlySpan<double> query) =>
        metric.ToReduced(Math.Max(0, metric.Distance(query, centers.Row(node)) - radii[node]));

    public override (double Lowest, double Highest) Range(int node, ReadOnlySpan<double> query)
    {
        var distance = metric.Distance(query, centers.Row(node));
        return (Math.Max(0, distance - radii[node]), distance + radii[node]);
    }
}

/// <summary>Boxes along the axes, under a metric that is a norm.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/neighbors/_kd_tree.pyx.tp</c>.</remarks>
internal sealed class BoxBounds(Matrix lowest, Matrix highest, double exponent) : NodeBounds
{
    public override double LowestReduced(int node, ReadOnlySpan<double> query)
    {
        var from = lowest.Row(node);
        var to = highest.Row(node);
        var sum = 0.0;
        for (var j = 0; j < query.Length; j++)
        {
            sum = Add(sum, Outside(from[j], query[j], to[j]));
        }

        return sum;
    }

    public override (double Lowest, double Highest) Range(int node, ReadOnlySpan<double> query)
    {
        var from = lowest.Row(node);
        var to = highest.Row(node);
        var near = 0.0;
        var far = 0.0;
        for (var j = 0; j < query.Length; j++)
        {
            near = Add(near, Outside(from[j], query[j], to[j]));
            far = Add(far, Math.Max(Math.Abs(from[j] - query[j]), Math.Abs(query[j] - to[j])));
        }

        return (Root(near), Root(far));
    }

    private static double Outside(double from, double x, double to)
    {
        var below = from - x;
        var above = x - to;
        return 0.5 * (below + Math.Abs(below) + (above + Math.Abs(above)));
    }

    private double Add(double sum, double difference) => exponent switch
    {
        2 => sum + (difference * difference),
        1 => sum + difference,
        double.PositiveInfinity => Math.Max(sum, difference),
        _ => sum + Math.Pow(difference, exponent),
    };

    private double Root(double sum) => exponent switch
    {
        2 => Math.Sqrt(sum),
        1 or double.PositiveInfinity => sum,
        _ => Math.Pow(sum, 1 / exponent),
    };
}
